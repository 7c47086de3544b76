"""From a row to a CAP message, with times in the region's zone and the area's outlines."""

from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from balai import context
from modules.emergency.alert_looks import MAIN
from modules.emergency.cap import Area, Bounds, Info, Message, Reference
from modules.emergency.models import Alert
from modules.emergency.selectors import alerts, places

GEOCODE: Final = "Kemendagri"
"""Codes of provinces, kabupaten, kecamatan and desa: Kepmendagri 300.2.2-2138/2025."""


def build(alert: Alert, now: datetime | None = None) -> Message:
    """Return the message as it was, or would now be, sent."""
    sent = alert.sent_at or now or timezone.now()
    return Message(
        identifier=alert.identifier,
        sender=alert.sender or sender(),
        sent=here(sent),
        status=status(alert),
        msg_type=alert.msg_type,
        note=_note(alert),
        references=tuple(
            Reference(sender=item.sender, identifier=item.identifier, sent=here(item.sent_at))
            for item in alerts.chain(alert)
            if item.sent_at
        ),
        infos=tuple(_info(alert, language, here(sent)) for language in sorted(alert.infos)[::-1]),
    )


def status(alert: Alert) -> str:
    """Return how other systems are to take it: a sample looks real here, and is real to nobody."""
    return "Test" if alert.sample else alert.status


def sender() -> str:
    """Return who we are to other systems: the centre at the region's own domain."""
    return f"112@{context.current_region().host.partition(':')[0]}"


def here(moment: datetime) -> datetime:
    """Return a moment on the region's clock: +07:00, +08:00 or +09:00."""
    return moment.astimezone(context.current_region().zone)


def bounds() -> Bounds | None:
    """Return where an alert's area may lie; None when the region's boundaries are not known."""
    return places.districts().bounds()


def address(alert: Alert) -> str:
    """Return the full address of an alert's public page."""
    return context.current_region().base_url + reverse("emergency:alert", args=[alert.uuid])


def desk(alert: Alert) -> str:
    """Return the full address of an alert's page at the desk."""
    return context.current_region().base_url + reverse("emergency_desk:alert", args=[alert.uuid])


def close(alert: Alert, kind: str) -> None:
    """Put the words that cancel or end an alert into its draft, before what it was about."""
    infos = {}
    for code, told in alert.infos.items():
        with translation.override(code[:2]):
            words = {"headline": told.get("headline", "")}
            if kind == "cancel":
                headline = _("Cancelled: %(headline)s") % words
                text = _("This alert was sent by mistake or does not hold any more.")
            else:
                headline = _("All clear: %(headline)s") % words
                text = _("The danger is over.")
        infos[code] = {**told, "headline": headline[:160], "description": text, "instruction": ""}
    alert.infos = infos


def _note(alert: Alert) -> str:
    """Return the note that CAP asks for: which exercise it is, or why an alert is cancelled."""
    with translation.override(MAIN[:2]):
        if status(alert) == "Exercise":
            return _("Exercise %(identifier)s") % {"identifier": alert.identifier}
        told = alert.infos.get(MAIN, {})
        return told.get("description", "") if alert.msg_type == "Cancel" else ""


def _info(alert: Alert, language: str, sent: datetime) -> Info:
    told = alert.infos[language]
    return Info(
        language=language,
        categories=(alert.category,) if alert.category else (),
        event=told.get("event", ""),
        responses=(alert.response,) if alert.response else (),
        urgency=alert.urgency,
        severity=alert.severity,
        certainty=alert.certainty,
        effective=sent,
        onset=here(alert.onset_at) if alert.onset_at else None,
        expires=here(alert.expires_at),
        sender_name=context.current_region().name,
        headline=told.get("headline", ""),
        description=told.get("description", ""),
        instruction=told.get("instruction", ""),
        web=alert.web or address(alert),
        contact=alert.contact,
        areas=(_area(alert),),
    )


def _area(alert: Alert) -> Area:
    drawn = tuple(tuple((lat, lng) for lat, lng in ring) for ring in alert.polygons)
    return Area(
        description=alert.area_name,
        polygons=(*drawn, *places.outlines(alert.areas)),
        circles=tuple((lat, lng, km) for lat, lng, km in alert.circles),
        geocodes=tuple((GEOCODE, code) for code in alert.areas),
    )
