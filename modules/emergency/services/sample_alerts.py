"""Two sample alerts for a region that tries the centre out: one in force, one that is over."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from balai.modules import banners
from modules.emergency import alert_templates
from modules.emergency.alert_looks import LANGUAGES
from modules.emergency.models import Alert
from modules.emergency.selectors import places
from modules.emergency.services import alerting

DAYS: Final = 7
TEXTS: Final = ("event", "headline", "description", "instruction")
FILLED: Final = {
    "id": {"[tempat]": "{place}", "[waktu]": "ada pemberitahuan", "[sungai]": "sungai",
           "[angka]": "180"},
    "en": {"[place]": "{place}", "[time]": "further notice", "[river]": "the river",
           "[number]": "180"},
}  # fmt: skip
MARK: Final = {"id": "Contoh: ", "en": "Sample: "}


@transaction.atomic
def sample_alerts() -> int:
    """Add both unless they are there; return how many sample alerts there are.

    They go through the real services; nobody approves them and nobody is told.
    """
    known, now = places.districts(), timezone.now()
    if known.codes and not Alert.objects.filter(sample=True).exists():
        _publish("flood", 0, sent=now - timedelta(days=3), hours=6)
        _publish("water", min(1, len(known.codes) - 1), sent=now, hours=24 * DAYS)
    return Alert.objects.filter(sample=True).count()


@transaction.atomic
def clear_sample_alerts() -> int:
    """Take the sample alerts away; return how many there were."""
    count = int(Alert.objects.filter(sample=True).delete()[0])
    if count:
        banners.changed()
    return count


def _publish(slug: str, at: int, *, sent: datetime, hours: int) -> None:
    template, known = alert_templates.find(slug), places.districts()
    if template is None:
        raise LookupError(slug)
    content = alerting.Content(
        status="Actual", category=template.category, response=template.response,
        urgency=template.urgency, severity=template.severity, certainty=template.certainty,
        infos={code: _texts(template, language, known.names[at])
               for language, code in LANGUAGES.items()},
        area_name=f"Kecamatan {known.names[at]}", areas=[known.codes[at]],
        expires_at=sent + timedelta(hours=hours), contact="112",
    )  # fmt: skip
    draft = alerting.write(content=content, by=None, now=sent)
    seen = alerting.fingerprint(draft)
    alerting.publish(alert=draft, by=None, seen=seen, now=sent, sample=True)


def _texts(template: alert_templates.Template, language: str, place: str) -> dict[str, str]:
    told = dict(zip(TEXTS, getattr(template, language), strict=True))
    for gap, words in FILLED[language].items():
        told = {name: text.replace(gap, words.format(place=place)) for name, text in told.items()}
    return {**told, "headline": MARK[language] + told["headline"]}
