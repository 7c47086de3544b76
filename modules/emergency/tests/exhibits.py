"""The module's objects for the two-city matrix (I-01), with a canary in every field."""

import uuid

from django.utils import timezone

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.directory.models import Agency, Area
from modules.emergency import tokens
from modules.emergency.models import Call, Category, Feed, Incident, Leg, Outcome, Shift, Unit
from modules.emergency.pressing import Press
from modules.emergency.services import drafting, panic, sealing
from modules.emergency.services.intake import Told, take
from modules.emergency.states import CallType
from modules.emergency.tests import alert_helpers

CANARY = "KANARI-TANGERANG"


def exhibits() -> dict[str, dict[str, object]]:
    """Take an emergency call in the active region, with the canary in all that was told.

    A helper of one topic adds a function here that returns its own routes, and its line below.
    """
    supervisor = User.objects.create_user(
        email="kanari-112@contoh.test", name=f"{CANARY} supervisor 112"
    )
    grant_role(user=supervisor, role="emergency_supervisor")
    call, incident = _taken(supervisor)
    return {
        **{
            f"emergency_desk:{name}": {"incident": incident.uuid}
            for name in ("incident", "incident-panel")
        },
        **_field(incident),
        **_intake(supervisor, call),
        **_alerts(supervisor),
    }


def _alerts(supervisor: User) -> dict[str, dict[str, object]]:
    """Publish an alert full of canaries, leave one as a draft; add a feed."""
    texts = dict.fromkeys(("event_id", "headline_id", "description_id", "instruction_id"), CANARY)
    writer = User.objects.create_user(email="kanari-siaga@contoh.test", name=f"{CANARY} penulis")
    sent = alert_helpers.published(writer, supervisor, area_name=CANARY, **texts)
    desk = dict.fromkeys(("alert", "alert-edit", "alert-act"), {"alert": sent.uuid})
    feed = Feed.objects.create(name=CANARY, url="https://kanari.test/", credit=CANARY, active=False)
    return {
        **{f"emergency_desk:{name}": one for name, one in desk.items()},
        "emergency:alert": {"alert": sent.uuid},
        "emergency_root:cap": {"alert": sent.uuid},
        "emergency_console:feed": {"feed": feed.uuid},
    }


def _field(incident: Incident) -> dict[str, dict[str, object]]:
    """Send a unit of the canary's name, with somebody aboard; hold the panic button."""
    agency = Agency.objects.filter(parent__isnull=False).first()
    person = User.objects.create_user(email="kanari-kru@contoh.test", name=f"{CANARY} kru")
    grant_role(user=person, role="crew", agency=agency)
    unit = Unit.objects.create(callsign=CANARY, kind="fire", agency=agency, reason=CANARY)
    Shift.objects.create(unit=unit, user=person)
    Leg.objects.create(unit=unit, incident=incident)
    press = Press(key=uuid.uuid4(), number="081234500113", name=CANARY, text=CANARY)
    token = {"token": tokens.of(panic.press(press=press).key)}
    own = {f"emergency_desk:crew-{what}": {"incident": incident.uuid}
           for what in ("note", "photo", "caller")}  # fmt: skip
    return {
        **own,
        **{f"emergency:call{part}": token
           for part in ("", "-state", "-send", "-cancel", "-say", "-move")},
        "emergency_desk:crew-step": {"incident": incident.uuid, "name": "depart"},
        **{f"emergency_desk:{name}": {"unit": unit.uuid} for name in ("crew-on", "unit")},
        "emergency_desk:shift-end": {"person": person.uuid},
    }  # fmt: skip


def _intake(taker: User, call: Call) -> dict[str, dict[str, object]]:
    """Leave a form unfinished, ask to read a sealed incident, add an outcome."""
    draft = drafting.begin(taker=taker)
    drafting.keep(key=draft.key, taker=taker, values={"address": CANARY, "name": CANARY})
    shut = Category.objects.create(
        slug="kanari-tertutup", label_id=CANARY, label_en=CANARY, sealed=True, position=99
    )
    told = Told(key=uuid.uuid4(), kind=CallType.NORMAL, answered_at=timezone.now(), category=shut,
                text=CANARY, address=CANARY, name=CANARY)  # fmt: skip
    sealed = take(told=told, taker=None).incident
    if sealed is None:
        raise LookupError("an emergency has an incident")
    sealing.ask(incident=sealed, by=taker, reason=CANARY)
    outcome = Outcome.objects.create(code="kanari-112", label_id=CANARY, label_en=CANARY)
    unit = Unit.objects.create(
        callsign=f"{CANARY} 2", kind="fire", agency=Agency.objects.earliest("pk")
    )
    form, one = {"key": draft.key}, {"call": call.uuid}
    return {
        **{f"emergency_desk:{name}": form for name in ("call-form", "keep", "discard")},
        **{f"emergency_desk:{name}": one for name in ("call", "course", "number")},
        "emergency_desk:seal-ask": {"incident": sealed.uuid},
        "emergency_desk:seal-decide": {"incident": sealed.uuid, "person": taker.uuid},
        **{f"emergency_console:{name}": {"slug": shut.slug} for name in ("edit", "change")},
        "emergency_console:outcome": {"code": outcome.code},
        "emergency_console:outcome_change": {"code": outcome.code},
        "emergency_console:unit": {"unit": unit.uuid},
        "emergency_console:unit_change": {"unit": unit.uuid},
    }


def _taken(taker: User) -> tuple[Call, Incident]:
    """Take a call about an incident of the canary's own category."""
    own = Category.objects.create(
        slug="kanari-112", label_id=CANARY, label_en=CANARY, units=["fire"], position=99
    )
    told = Told(
        key=uuid.uuid4(),
        kind=CallType.NORMAL,
        answered_at=timezone.now(),
        number="081234500112",
        name=CANARY,
        note=CANARY,
        category=own,
        text=f"{CANARY}: api di lantai dua.",
        address=CANARY,
        landmark=CANARY,
        area=Area.objects.filter(kind=Area.Kind.DISTRICT).first(),
        pin=(-6.178, 106.63),
        hazards=CANARY,
        answers={"canary": CANARY},
    )
    call = take(told=told, taker=taker)
    if call.incident is None:
        raise LookupError("an emergency has an incident")
    return call, call.incident
