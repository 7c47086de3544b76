"""A sample month for a region that tries the centre out: marked, and taken away in one go.

Calls, incidents and units' rides go through the real services at the times of a real month, so
that figures, clocks and boards are those of real work. The events of its incidents are settled as
they are written: nobody is told of what is over, and no worker is kept busy by it.
"""

import random
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from balai import context
from balai.audit.actor import acting_as
from balai.outbox.models import Event
from modules.emergency.models import Call, Category, Counter, Incident, Leg, Shift, Stamp, Unit
from modules.emergency.sample import month, playing, posts, staff
from modules.emergency.services.sample_alerts import clear_sample_alerts, sample_alerts
from modules.emergency.states import ACTIVE_LEGS, CallType, UnitState

CALLS, REAL = 3460, 165
"""Kota Tangerang in January 2026."""
WAITING: Final = 4
"""Units that are manned and free."""
BATCH: Final = 10
"""Incidents in one transaction: other people's work waits for the log meanwhile."""
OFFICERS: Final = (
    ("Operator 112", "operator.112", "Operator 112 Contoh", "call_taker", ""),
    ("Dispatcher 112", "dispatcher.112", "Dispatcher 112 Contoh", "dispatcher", ""),
    ("Supervisor 112", "supervisor.112", "Supervisor 112 Contoh", "emergency_supervisor", ""),
    ("Kru ambulans", "kru.ambulans", "Kru Ambulans Contoh", "crew", "dinkes"),
)
"""Who can sign in at the demo: what they are, name to sign in with, name, role, agency's code."""


def load(calls: int = 0, real: int = 0) -> int:
    """Add the month unless it is there; return how many sample calls there are.

    Args:
        calls, real: how many; by default a real month's, times the setting SAMPLE_SCALE.
    """
    if not Call.objects.filter(sample=True).exists() and Category.objects.exists():
        calls = calls or max(round(CALLS * settings.SAMPLE_SCALE), 60)
        real = real or max(round(REAL * settings.SAMPLE_SCALE), 20)
        chance = random.Random(context.current_region().code)  # noqa: S311  # no secret: same month every time
        now = timezone.now().astimezone(context.current_region().zone)
        rings = month.rings(now, calls=calls, real=real, chance=chance)
        posts.place()
        with acting_as("sample data"), staff.staff() as people:
            world = playing.World.here(people, chance)
            real_ones = [ring for ring in rings if ring.kind == CallType.NORMAL]
            for start in range(0, len(real_ones), BATCH):
                _play(real_ones[start : start + BATCH], world)
            playing.play_noise([ring for ring in rings if ring.kind != CallType.NORMAL], world)
        _man_a_unit()
        _man_more_units()
        with acting_as("sample data"):
            sample_alerts()
    return Call.objects.filter(sample=True).count()


@transaction.atomic
def clear() -> int:
    """Take the sample month away; return how many calls it had.

    An incident that somebody has really called about since is no sample any more and stays.
    """
    Incident.objects.filter(sample=True, calls__sample=False).update(sample=False)
    Call.objects.filter(sample=True, incident__sample=False).update(sample=False)
    calls, incidents = Call.objects.filter(sample=True), Incident.objects.filter(sample=True)
    legs = Leg.objects.filter(incident__in=incidents, state__in=ACTIVE_LEGS)
    Unit.objects.filter(pk__in=legs.values("unit")).update(state=UnitState.AVAILABLE)
    count = calls.count()
    calls.delete()
    Stamp.objects.filter(incident__in=incidents).exclude(corrects=None).delete()
    incidents.delete()
    if not Incident.objects.exists():
        Counter.objects.all().delete()
    clear_sample_alerts()
    Shift.objects.filter(user__in=staff.stand_in_crews()).delete()
    staff.remove_stand_ins(crews_too=True)
    posts.take_away()
    return count


@transaction.atomic
def _play(rings: list[month.Ring], world: playing.World) -> None:
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for ring in rings:
        playing.play(ring, world)
    mine = Event.objects.filter(pk__gt=last, done_at=None, topic__startswith="emergency.")
    mine.update(done_at=timezone.now())
    # Noted when it happened, as if it had been typed in then.
    Stamp.objects.filter(incident__sample=True).exclude(noted_at=F("at")).update(noted_at=F("at"))


def _man_more_units() -> None:
    """Give what is under way a crew, and some units that wait, so that there is whom to send."""
    free = Unit.objects.filter(active=True).exclude(shifts__ended_at=None, shifts__isnull=False)
    busy = list(free.filter(legs__state__in=ACTIVE_LEGS))
    waiting = list(free.filter(state=UnitState.AVAILABLE).exclude(legs__state__in=ACTIVE_LEGS))
    began = timezone.now() - timedelta(hours=2)
    for unit in (*busy, *waiting[:WAITING]):
        Shift.objects.create(unit=unit, user=staff.stand_in_crew(unit), began_at=began)


def _man_a_unit() -> None:
    """Put the region's first crew on a unit of theirs that is with an open incident."""
    legs = Leg.objects.filter(incident__sample=True, state__in=ACTIVE_LEGS)
    for person in staff.crews()[:1]:
        held = person.memberships.filter(role=staff.CREW).values("agency")
        leg = legs.filter(unit__agency__in=held).order_by("-sent_at").first()
        busy = Shift.objects.filter(user=person, ended_at=None).exists()
        if leg is not None and not busy:
            began = timezone.now() - timedelta(hours=2)
            Shift.objects.create(unit=leg.unit, user=person, began_at=began)
