"""The composer's form: an alert in plain words; its area by map, by coordinates or by name."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balai.context import current_region
from balai.directory.models import Area
from balai.ui.fields import RichLabel
from modules.emergency.alert_looks import LANGUAGES
from modules.emergency.cap import vocabulary
from modules.emergency.models import Alert
from modules.emergency.selectors import places
from modules.emergency.services.alerting import Content

TEXTS: Final = ("event", "headline", "description", "instruction")
LOCAL: Final = "%Y-%m-%dT%H:%M"
MOST_RINGS: Final = 20
MOST_POINTS: Final = 500
LONGEST_DAYS: Final = 14


def _choice(label: Any, words: Iterable[vocabulary.Choice], hint: Any = "") -> forms.ChoiceField:
    choices = [(value, RichLabel(word, help_)) for value, word, help_ in words]
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, help_text=hint)


def _text(label: Any, most: int, hint: Any = "", *, required: bool, rows: int = 0) -> Any:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, max_length=most, help_text=hint, required=required, widget=widget
    )


class RingsField(forms.CharField):
    """Shapes, one a line: "lat,lng lat,lng ..."; cleans to closed rings of [lat, lng]."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[list[list[float]]]:
        """Return the rings. Raises ValidationError for a line that is none."""
        lines = [line for line in (super().clean(value) or "").splitlines() if line.strip()]
        if len(lines) > MOST_RINGS:
            raise forms.ValidationError(gettext("At most 20 shapes fit into one alert."))
        return [self._ring(line) for line in lines]

    def _ring(self, line: str) -> list[list[float]]:
        try:
            ring = [[float(part) for part in pair.split(",")] for pair in line.split()]
        except ValueError:
            ring = []
        if not 3 <= len(ring) <= MOST_POINTS or not all(map(_is_point, ring)):
            raise forms.ValidationError(
                gettext("A shape is at least three points such as -6.17,106.63 -6.18,106.64 …")
            )
        return ring if ring[0] == ring[-1] else [*ring, ring[0]]


def _is_point(pair: list[float]) -> bool:
    """Tell whether it is a latitude and a longitude; "nan" is a number to Python, not here."""
    return len(pair) == 2 and abs(pair[0]) <= 90 and abs(pair[1]) <= 180


class AlertForm(forms.Form):
    """One alert. Times are those of the region's clock."""

    status = _choice(_("For real?"), vocabulary.STATUSES)
    category = forms.ChoiceField(
        label=_("Kind of danger"),
        choices=[(value, f"{word}") for value, word, _hint in vocabulary.CATEGORIES],
    )
    severity = _choice(_("How bad?"), vocabulary.SEVERITIES)
    urgency = _choice(_("How soon?"), vocabulary.URGENCIES)
    certainty = _choice(_("How sure?"), vocabulary.CERTAINTIES)
    response = _choice(_("What shall people do?"), vocabulary.RESPONSES)
    event_id = _text(_("Event"), 60, _("In one or two words, such as “Banjir”."), required=True)
    headline_id = _text(
        _("Headline"), 140, _("What happens and where. It is the banner and the message's title."),
        required=True,
    )  # fmt: skip
    description_id = _text(_("What is known"), 1200, required=True, rows=3)
    instruction_id = _text(pgettext_lazy("alert", "What to do"), 1200, required=False, rows=3)
    event_en = _text(_("Event"), 60, required=False)
    headline_en = _text(_("Headline"), 140, required=False)
    description_en = _text(_("What is known"), 1200, required=False, rows=3)
    instruction_en = _text(pgettext_lazy("alert", "What to do"), 1200, required=False, rows=3)
    whole_region = forms.BooleanField(label=_("The whole region"), required=False)
    areas = forms.MultipleChoiceField(
        label=_("Kecamatan and kelurahan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    polygons = RingsField(
        label=_("Shapes"), required=False,
        help_text=_("One a line: latitude,longitude of each corner. The map fills this in."),
        widget=forms.Textarea({"rows": 3, "data-alert-rings": "", "spellcheck": "false"}),
    )  # fmt: skip
    circle_lat = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    circle_lng = forms.FloatField(
        label=_("Longitude"), required=False, min_value=-180, max_value=180
    )
    circle_km = forms.FloatField(
        label=_("Radius in km"), required=False, min_value=0.05, max_value=100
    )
    area_name = forms.CharField(
        label=_("The area in words"), max_length=255, required=False,
        help_text=_("Left empty, the names of the kecamatan stand there."),
    )  # fmt: skip
    onset_at = forms.DateTimeField(
        label=_("The danger begins"), required=False, input_formats=[LOCAL],
        widget=forms.DateTimeInput({"type": "datetime-local"}, LOCAL),
        help_text=_("Empty means now."),
    )  # fmt: skip
    expires_at = forms.DateTimeField(
        label=_("The alert ends"), input_formats=[LOCAL],
        widget=forms.DateTimeInput({"type": "datetime-local"}, LOCAL),
        help_text=_("It vanishes by itself then. It can be updated or ended before."),
    )  # fmt: skip
    contact = forms.CharField(label=_("Contact"), max_length=120, required=False, initial="112")
    web = forms.URLField(
        label=_("More on the web"), required=False, assume_scheme="https",
        help_text=_("Left empty, it is the alert's own page."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Area.objects.order_by("code").values_list("code", "name", "kind")
        self.names = {code: name for code, name, _kind in rows}
        self.fields["areas"].choices = list(self.names.items())  # type: ignore[attr-defined]  # a choice field

    def full_clean(self) -> None:
        """Read times on the region's clock, whatever the server's is."""
        with timezone.override(current_region().zone):
            super().full_clean()

    def districts(self) -> list[dict[str, Any]]:
        """Return the kecamatan with their kelurahan, and which of them are chosen."""
        chosen = set(self["areas"].value() or ())
        found: dict[str, dict[str, Any]] = {}
        for code, name in self.names.items():
            part = {"code": code, "name": name, "chosen": code in chosen}
            if len(code) == DISTRICT:
                found[code] = {**part, "villages": [], "some": False}
            elif code[:DISTRICT] in found:
                found[code[:DISTRICT]]["villages"].append(part)
                found[code[:DISTRICT]]["some"] |= part["chosen"]
        return list(found.values())

    def clean_expires_at(self) -> datetime:
        """Refuse an end that has passed, or one too far away."""
        end: datetime = self.cleaned_data["expires_at"]
        now = timezone.now()
        if end <= now:
            raise forms.ValidationError(gettext("This time has passed."))
        if end > now + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(gettext("An alert lasts two weeks at most."))
        return end

    def clean(self) -> dict[str, Any]:
        """Ask for an area, for whole circles, for an end after the beginning, for no gaps."""
        told: dict[str, Any] = super().clean() or {}
        circle = [told.get(f"circle_{part}") for part in ("lat", "lng", "km")]
        if any(item is not None for item in circle) and None in circle:
            self.add_error("circle_km", gettext("A circle needs its middle and its radius."))
        if told.get("whole_region"):
            told["areas"] = [code for code in self.names if len(code) == DISTRICT]
        if not (told.get("areas") or told.get("polygons") or None not in circle):
            self.add_error("areas", gettext("Choose the area: by name, on the map, or all of it."))
        if (
            told.get("onset_at")
            and told.get("expires_at")
            and (told["expires_at"] <= told["onset_at"])
        ):
            self.add_error("expires_at", gettext("It must end after it has begun."))
        self._check_languages(told)
        return told

    def content(self) -> Content:
        """Return what the author wrote. Call it on a valid form."""
        told = self.cleaned_data
        circle = [told["circle_lat"], told["circle_lng"], told["circle_km"]]
        areas = [code for code in told["areas"] if not self._covered(code, told["areas"])]
        same = {name: told[name] for name in (
            "status", "category", "response", "urgency", "severity", "certainty", "onset_at",
            "expires_at", "web", "contact", "polygons",
        )}  # fmt: skip
        infos = {
            code: {name: told[f"{name}_{language}"].strip() for name in TEXTS}
            for language, code in LANGUAGES.items()
            if told[f"headline_{language}"]
        }
        return Content(
            **same, infos=infos, areas=areas, circles=[circle] if None not in circle else [],
            area_name=told["area_name"].strip()
            or named(areas, told["polygons"], [] if None in circle else [circle]),
        )  # fmt: skip

    def _check_languages(self, told: dict[str, Any]) -> None:
        for language in LANGUAGES:
            given = {name: told.get(f"{name}_{language}") or "" for name in TEXTS}
            for name, text in given.items():
                if "[" in text:
                    self.add_error(
                        f"{name}_{language}", gettext("Fill in what stands in [brackets].")
                    )
            if language == "en" and any(given.values()):
                for name in ("event", "headline", "description"):
                    if not given[name]:
                        self.add_error(
                            f"{name}_en", gettext("Complete the English text, or leave it all out.")
                        )

    def _covered(self, code: str, areas: list[str]) -> bool:
        return len(code) > DISTRICT and code[:DISTRICT] in areas


DISTRICT: Final = 8
"""Characters of a kecamatan's code, "36.71.01"."""


def named(areas: list[str], polygons: list[Any], circles: list[Any]) -> str:
    """Return the names of the areas; of a drawn shape, of the kecamatan that it meets."""
    names = dict(Area.objects.order_by("code").values_list("code", "name"))
    codes = areas or places.touched(areas=areas, polygons=polygons, circles=circles)
    if codes == [code for code in names if len(code) == DISTRICT]:
        return current_region().name
    return ", ".join(names[code] for code in codes if code in names)[:255]


def from_alert(alert: Alert, zone: Any) -> dict[str, Any]:
    """Return what the form shows of a draft; times on the clock of ``zone``."""
    names = ("status", "category", "response", "urgency", "severity", "certainty", "areas",
             "area_name", "web", "contact")  # fmt: skip
    shown: dict[str, Any] = {name: getattr(alert, name) for name in names}
    if shown["area_name"] == named(alert.areas, alert.polygons, alert.circles):
        shown["area_name"] = ""  # it follows the area, should that be changed
    for language, code in LANGUAGES.items():
        told = alert.infos.get(code, {})
        shown |= {f"{name}_{language}": told.get(name, "") for name in TEXTS}
    shown["polygons"] = "\n".join(
        " ".join(f"{lat},{lng}" for lat, lng in ring) for ring in alert.polygons
    )
    if alert.circles:
        shown["circle_lat"], shown["circle_lng"], shown["circle_km"] = alert.circles[0]
    for name in ("onset_at", "expires_at"):
        moment = getattr(alert, name)
        shown[name] = moment.astimezone(zone).strftime(LOCAL) if moment else ""
    return shown
