"""Plays a month's calls through the real services, each moment at its time."""

import math
import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from balai import context
from balai.directory.models import Area
from modules.emergency.models import Category, Incident, Outcome, Stamp, Transfer, Unit
from modules.emergency.sample.month import Ring, stories
from modules.emergency.sample.staff import Staff
from modules.emergency.services import dispatching, ending, transferring
from modules.emergency.services.intake import Told, take, take_noise
from modules.emergency.states import CallType, Source, UnitState

CENTRES: Final = {"36.71": (-6.178, 106.634), "33.06": (-7.713, 110.008)}
"""Where the demo's two regions are; in others, places are told in words alone."""
STREETS: Final = ("Jl. Merdeka", "Jl. Sudirman", "Jl. Ahmad Yani", "Jl. Pahlawan", "Jl. Melati",
                  "Jl. Kenanga", "Jl. Veteran", "Jl. Pemuda", "Jl. Diponegoro")  # fmt: skip
TRAVEL: Final = {"life": 300, "high": 400, "normal": 620}
"""Seconds that half of the rides take at most, by how urgent it is."""
ENDINGS: Final = {"close": 84, "nothing": 6, "cancel": 4, "transfer": 4, "unattended": 2}
OUTSIDE: Final = {
    "kriminal": Transfer.Receiver.POLICE, "medis": Transfer.Receiver.AMBULANCE,
    "listrik": Transfer.Receiver.POWER,
}  # fmt: skip
PATIENCE: Final = timedelta(hours=3)
STAGES: Final = ("acknowledge", "depart", "arrive", "transport", "clear")
OPEN_STAGES: Final = (4, 5, 3, 2, 1, 0)
"""How many steps the open incidents have made, the oldest first: one stands at each stage."""


@dataclass(slots=True)
class World:
    """What the calls happen in: the region's own places, kinds, outcomes and units.

    ``busy`` says until when a unit is taken, so that none is in two places at once.
    """

    categories: Mapping[str, Category]
    outcomes: Mapping[str, Outcome]
    units: Sequence[Unit]
    areas: Sequence[Area]
    staff: Staff
    chance: random.Random
    busy: dict[int, datetime] = field(default_factory=dict)
    opened: int = 0

    @classmethod
    def here(cls, staff: Staff, chance: random.Random) -> "World":
        """Return the active region's."""
        villages = Area.objects.filter(kind=Area.Kind.VILLAGE).defer("boundary")
        outcomes = Outcome.objects.filter(active=True)
        return cls(
            categories={row.slug: row for row in Category.objects.filter(active=True)},
            outcomes={row.code: row for row in outcomes},
            units=list(Unit.objects.filter(active=True, state=UnitState.AVAILABLE)),
            areas=list(villages.order_by("code")),
            staff=staff,
            chance=chance,
        )


def play_noise(rings: Sequence[Ring], world: World) -> None:
    """Answer calls about nothing."""
    calls = [
        (
            Told(key=_key(world), kind=ring.kind, answered_at=ring.at, number=ring.number,
                 sample=True),
            _later(ring.at, ring.seconds),
        )
        for ring in rings
    ]  # fmt: skip
    take_noise(calls=calls, taker=world.staff.taker)


def play(ring: Ring, world: World) -> None:
    """Answer an emergency and carry it as far as its story goes."""
    category = world.categories.get(ring.category) or next(iter(world.categories.values()))
    queued = _later(ring.at, ring.seconds)
    call = take(told=_told(ring, category, world), taker=world.staff.taker, now=queued)
    incident = call.incident
    if incident is None:
        return
    if ring.again_after is not None:
        _call_again(ring, incident, world)
    if ring.open:
        _ride(incident, category, queued, world, done=_open_steps(world))
    else:
        _finish(incident, category, queued, world)


def _finish(incident: Incident, category: Category, queued: datetime, world: World) -> None:
    (end,) = world.chance.choices([*ENDINGS], [*ENDINGS.values()])
    staff, soon = world.staff, _later(queued, world.chance.randint(60, 240))
    if end == "transfer" and category.slug in OUTSIDE:
        handover = transferring.Handover(
            receiver=OUTSIDE[category.slug], person="Piket jaga", receipt=f"LP-{incident.pk}"
        )
        transferring.transfer(incident=incident, handover=handover, by=staff.dispatcher, now=soon)
    elif end == "cancel":
        note = "Pelapor menelepon lagi: bantuan tidak diperlukan."
        ending.cancel(incident=incident, note=note, by=staff.dispatcher, now=soon)
    elif end == "unattended" or not (over := _ride(incident, category, queued, world)):
        ending.close(
            incident=incident, outcome=_outcome(world, "selesai-sendiri"),
            note="Warga menanganinya sendiri, dipastikan lewat telepon.", by=staff.supervisor,
            now=soon,
        )  # fmt: skip
    else:
        code = "tidak-ditemukan" if end == "nothing" else _good_end(incident, world)
        at = _later(over, world.chance.randint(120, 600))
        ending.close(incident=incident, outcome=_outcome(world, code), by=staff.dispatcher, now=at)


def _ride(
    incident: Incident, category: Category, queued: datetime, world: World, done: int | None = None
) -> datetime | None:
    """Send one unit or two and make their steps; return when all were clear, None for nobody.

    Args:
        done: how many steps an incident that is still open has made; None for one that is over.
    """
    over = None
    wanted = 2 if category.urgency == "life" and world.chance.random() < 0.3 else 1
    sent = _later(queued, world.chance.randint(15, 85))
    for kind in category.units[:wanted] or [unit.kind for unit in world.units][:1]:
        unit = _free(kind, sent, world)
        if unit is None:
            continue
        at = max(sent, world.busy.get(unit.pk, sent))
        if done != 0:
            clear = _steps(incident, category, unit, at, world, done)
            over = max(over or clear, clear)
    return over


def _steps(
    incident: Incident,
    category: Category,
    unit: Unit,
    sent: datetime,
    world: World,
    done: int | None,
) -> datetime:
    by, at = world.staff.dispatcher, sent
    leg = dispatching.send(unit=unit, incident=incident, by=by, now=sent)
    world.busy[unit.pk] = sent + timedelta(days=1)  # until it is clear
    for name, seconds in _course(category, world.chance, done):
        at = _later(at, seconds)
        dispatching.step(leg=leg, name=name, by=by, now=at)
        if name == "arrive" and done is None and world.chance.random() < 0.05:
            _correct(incident, at, world)
        if name == "clear":
            world.busy[unit.pk] = at
    return at


def _course(
    category: Category, chance: random.Random, done: int | None
) -> Iterator[tuple[str, int]]:
    """Yield each step and the seconds since the one before; only ambulances transport."""
    travel = TRAVEL[category.urgency] * math.exp(chance.gauss(0, 0.35))
    spent = {
        "acknowledge": chance.randint(12, 95), "depart": chance.randint(15, 70),
        "arrive": int(travel), "transport": chance.randint(420, 1500),
        "clear": chance.randint(600, 2400),
    }  # fmt: skip
    moves = "ambulance" in category.units and chance.random() < 0.65
    if done is not None:  # still open: what was done fits into the time since
        spent, moves = dict.fromkeys(spent, 40) | {"arrive": 160}, "ambulance" in category.units
    for name in STAGES[:done]:
        if name != "transport" or moves:
            yield name, spent[name]


def _correct(incident: Incident, at: datetime, world: World) -> None:
    """Put the moment of arrival right, as the radio had it."""
    wrong = Stamp.objects.filter(incident=incident, what="arrive").latest("id")
    dispatching.correct(
        stamp=wrong, at=at - timedelta(seconds=world.chance.randint(30, 120)),
        reason="Radio melapor lebih dulu daripada aplikasi.", by=world.staff.dispatcher,
    )  # fmt: skip


def _free(kind: str, at: datetime, world: World) -> Unit | None:
    """Return the unit of a kind that is free the soonest, None where all are away for long."""
    fitting = [unit for unit in world.units if unit.kind == kind]
    free = {unit.pk: max(world.busy.get(unit.pk, at), at) for unit in fitting}
    unit = min(fitting, key=lambda unit: free[unit.pk], default=None)
    return unit if unit is not None and free[unit.pk] - at < PATIENCE else None


def _open_steps(world: World) -> int:
    world.opened += 1
    return OPEN_STAGES[(world.opened - 1) % len(OPEN_STAGES)]


def _good_end(incident: Incident, world: World) -> str:
    moved = Stamp.objects.filter(incident=incident, what="transport").exists()
    return "dirujuk" if moved else "diserahkan" if world.chance.random() < 0.1 else "tertangani"


def _outcome(world: World, code: str) -> Outcome:
    return world.outcomes.get(code) or next(iter(world.outcomes.values()))


def _call_again(ring: Ring, incident: Incident, world: World) -> None:
    at = _later(ring.at, ring.again_after or 0)
    told = Told(
        key=_key(world), kind=CallType.NORMAL, answered_at=at,
        number=f"08000113{world.chance.randrange(10_000):04}",
        text="Saya juga melihatnya, petugas belum kelihatan.", joins=incident, sample=True,
    )  # fmt: skip
    take(told=told, taker=world.staff.taker, now=_later(at, 30))


def _told(ring: Ring, category: Category, world: World) -> Told:
    told: Mapping[str, Any] = world.chance.choice(
        stories().get(category.slug) or stories()["lainnya"]
    )
    area = world.chance.choice(world.areas) if world.areas else None
    return Told(
        key=_key(world), kind=CallType.NORMAL, answered_at=ring.at, number=ring.number,
        category=category, sample=True, area=area, pin=_pin(area, world.chance),
        accuracy=world.chance.choice((12, 25, 60, 250)), source=Source.CALLER,
        address=f"{world.chance.choice(STREETS)} No. {world.chance.randint(1, 140)}",
        answers=_answers(category, world.chance), **told,
    )  # fmt: skip


def _answers(category: Category, chance: random.Random) -> dict[str, str]:
    return {
        row["key"]: chance.choice(("yes", "no", "no", "unknown"))
        for row in category.script
        if row["kind"] == "yes_no"
    }


def _pin(area: Area | None, chance: random.Random) -> tuple[float, float] | None:
    centre = CENTRES.get(context.current_region().code)
    if area is not None and area.latitude is not None and area.longitude is not None:
        centre, spread = (area.latitude, area.longitude), 0.004
    else:
        spread = 0.03
    if centre is None:
        return None
    return round(centre[0] + chance.uniform(-spread, spread), 6), round(
        centre[1] + chance.uniform(-spread, spread), 6
    )


def _key(world: World) -> uuid.UUID:
    return uuid.UUID(int=world.chance.getrandbits(128), version=4)


def _later(at: datetime, seconds: float) -> datetime:
    return at + timedelta(seconds=seconds)
