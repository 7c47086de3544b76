"""The sample month: in by the real services, out whole."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from django.db.models import Count, F
from django.utils import timezone

from balai import audit
from balai.accounts.models import User
from balai.context import Region
from balai.outbox.models import Event
from modules.emergency import sample, topics
from modules.emergency.models import Call, Incident, Leg, Shift, Stamp, Unit
from modules.emergency.sample import month
from modules.emergency.services.intake import take
from modules.emergency.states import ACTIVE_LEGS, ENDED, OPEN, CallType, State, UnitState


def test_the_month_comes_and_goes_whole(in_region: Region, told: Callable, make_user) -> None:
    people = User.objects.filter(is_active=True).count()
    Unit.objects.filter(pk=Unit.objects.first().pk).update(base_latitude=-6.1, base_longitude=106.6)
    posted = Unit.objects.filter(base_latitude__isnull=False)
    assert sample.load(calls=70, real=20) == 70
    assert sample.load() == 70, "it is there already"
    kinds = Counter(Call.objects.values_list("kind", flat=True))
    assert kinds[CallType.NORMAL] == 20
    assert kinds[CallType.PRANK] > kinds[CallType.GHOST] > kinds[CallType.INFORMATION]
    states = Counter(Incident.objects.values_list("state", flat=True))
    assert sum(states[state] for state in OPEN) == 2, "some are open now"
    assert states[State.CLOSED] > sum(states[state] for state in ENDED) / 2
    assert not Incident.objects.filter(state=State.CLOSED, outcome=None).exists()
    assert not Incident.objects.filter(sample=False).exists()
    _assert_in_order()
    manned = Shift.objects.filter(ended_at=None).count()
    assert manned >= sample.WAITING, "there is whom to send"
    assert posted.count() == Unit.objects.filter(active=True).count(), "and how far they have to go"
    left = User.objects.filter(is_active=True).count()
    assert left == people + manned, "stand-ins are gone, crews stay"
    waiting = Event.objects.filter(topic__startswith="emergency", done_at=None)
    assert [event.topic for event in waiting] == [topics.NOISE], "nobody hears of what is over"
    assert audit.verify() is None
    real = Incident.objects.filter(state__in=OPEN).first()
    joined = take(told=told(joins=real), taker=make_user("call_taker"))
    kept = joined.incident.calls.count()
    assert sample.clear() == 70 - (kept - 1), "an incident somebody really called about stays"
    assert list(Incident.objects.values_list("pk", "sample")) == [(real.pk, False)]
    assert Call.objects.count() == kept
    assert [unit.base_latitude for unit in posted] == [-6.1], "a post of the region's own stays"
    gone = Unit.objects.exclude(legs__incident=real).exclude(state=UnitState.AVAILABLE)
    assert not gone.exists()


def test_a_crew_finds_itself_on_a_unit_with_an_incident(in_region: Region, make_user) -> None:
    from balai.directory.models import Agency

    crews = [make_user("crew", Agency.objects.get(code=code)) for code in ("dinkes", "damkar")]
    sample.load(calls=24, real=20)
    shift = Shift.objects.get(ended_at=None, user=crews[0])
    assert Leg.objects.filter(unit=shift.unit, state__in=ACTIVE_LEGS).exists()
    sample.clear()
    assert not Leg.objects.exists()
    assert list(Shift.objects.values_list("user", flat=True)) == [crews[0].pk]


def test_phones_ring_as_in_life(in_region: Region) -> None:

    now = timezone.now().astimezone(in_region.zone)
    rings = month.rings(
        now, calls=sample.CALLS, real=sample.REAL, chance=random.Random(1)
    )  # no secret
    emergencies = [ring for ring in rings if ring.kind == CallType.NORMAL]
    second = sum(ring.again_after is not None for ring in emergencies)
    assert len(rings) + second == sample.CALLS
    assert len(emergencies) + second == sample.REAL
    night = sum(1 <= ring.at.hour < 5 for ring in rings)
    assert night < len(rings) * 0.1
    assert all(now - timedelta(days=31) <= ring.at <= now for ring in rings)
    assert rings == sorted(rings, key=lambda ring: ring.at)
    assert {ring.number[:8] for ring in rings} == {"", "08000112"}, "nobody's numbers"


def _assert_in_order() -> None:
    """No moment lies ahead, none before the call, and no unit is in two places at once."""
    assert not Stamp.objects.filter(at__gt=timezone.now()).exists()
    assert not Stamp.objects.exclude(noted_at=F("at")).exists()
    twice = Leg.objects.filter(state__in=ACTIVE_LEGS).values("unit").annotate(n=Count("id"))
    assert not twice.filter(n__gt=1).exists()
    rides = {}
    for unit, what, at, incident in (
        Stamp.objects.exclude(unit=None)
        .filter(what__in=("dispatch", "clear"), corrects=None)
        .values_list("unit", "what", "at", "incident")
    ):
        rides.setdefault((unit, incident), {})[what] = at
    by_unit: dict[int, list[tuple[object, object]]] = {}
    for (unit, _), ride in rides.items():
        by_unit.setdefault(unit, []).append((ride["dispatch"], ride.get("clear", timezone.now())))
    for spans in by_unit.values():
        spans.sort()
        assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False))
