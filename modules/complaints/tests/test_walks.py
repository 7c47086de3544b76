"""Random walks: no path leaves the workflow's table, none lowers the reporter's privacy (I-04)."""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from balai import workcal
from balai.directory.models import Agency
from balai.workcal import clocks
from modules.complaints import conf, doubts, services, workflow
from modules.complaints.models import Complaint, Entry, OutsideCase
from modules.complaints.services import clocking, editing, merging, transferring
from modules.complaints.states import State
from modules.complaints.workflow import NotAllowed

WIB = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 2, 2, 9, 0, tzinfo=WIB)
WALKS, STEPS = 10_000, 30
SOAK = bool(os.environ.get("BALAI_SOAK"))
REAL_WALKS, REAL_STEPS = (200 if SOAK else 60), 10
SECRECY = {"named": 0, "secret": 1, "anonymous": 2}


def allowed(before: str, name: str, after: str) -> bool:
    """Tell whether the table knows this transition."""
    move = workflow.get(name)
    return before in move.sources and after in move.targets


@pytest.mark.parametrize("four_eyes", [False, True], ids=["one pair of eyes", "four eyes"])
@pytest.mark.parametrize(
    "requirement", ["complaints-workflow: 10,000 walks stay within the table"], ids=str
)
def test_random_walks_over_the_table(
    requirement: str, four_eyes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(f"{requirement} {four_eyes}")  # repeatable, no secret
    monkeypatch.setattr(workcal, "add_working_days", lambda day, n: day + timedelta(days=n))
    monkeypatch.setattr(doubts, "must_be_checked", lambda report, rules: False)
    seen: set[tuple[str, str, str]] = set()
    for _walk in range(WALKS // 2):
        seen |= walk_the_table(chance, conf.Settings(four_eyes=four_eyes))
    assert all(allowed(*step) for step in seen)
    names = {name for _before, name, _after in seen}
    other = {"resolve"} if four_eyes else {"submit", "approve", "send_back"}
    assert names == {move.name for move in workflow.MOVES} - other
    never = set() if four_eyes else {State.RESOLUTION_SUBMITTED}
    assert {after for _before, _name, after in seen} == set(State) - never


def walk_the_table(chance: random.Random, rules: conf.Settings) -> set[tuple[str, str, str]]:
    """Make random moves that the guards allow, with what services change beside the state."""
    report: Any = SimpleNamespace(
        state=State.RECEIVED, refusals=0, holds=0, forced=False, appealed_at=None, closed_at=None,
        erased_at=None, was_withdrawn=False, duplicates=SimpleNamespace(exists=lambda: False),
    )  # fmt: skip
    merged_from, steps = "", set()
    for _step in range(STEPS):
        possible = [
            move for move in workflow.MOVES if not workflow.problem(move, report, rules, START)
        ]
        if not possible:
            break
        move, before = chance.choice(possible), report.state
        report.state = move.target or workflow.back_to(merged_from)
        steps.add((before, move.name, report.state))
        merged_from = before if move.name == "merge" else merged_from
        report.refusals += move.name == "refuse"
        report.holds += move.name == "hold"
        report.forced = move.name == "decide" or (report.forced and move.name != "verify")
        report.appealed_at = START if move.name == "appeal" else report.appealed_at
        report.closed_at = START if report.state in (State.REJECTED, State.CLOSED) else None
        report.was_withdrawn = report.was_withdrawn or move.name == "withdraw"
        assert report.holds <= rules.max_holds
        assert report.refusals <= rules.max_refusals
    return steps


@dataclass
class Walker:
    """One report on its way, with everybody who may act on it."""

    report: Complaint
    people: dict[str, Any]
    agencies: list[Agency]
    other: Complaint
    chance: random.Random
    now: datetime = START
    made: list[str] = field(default_factory=list)

    def ruling(self) -> services.Ruling:
        """Return a decision; ``secret`` now and then, never taken back."""
        return services.Ruling(
            agency=self.chance.choice(self.agencies), category=self.report.category,
            title="Lampu mati", secret=self.chance.random() < 0.1, cleared=True,
        )  # fmt: skip

    def until(self) -> Any:
        """Return a day ahead."""
        return (self.now + timedelta(days=self.chance.randint(1, 20))).date()

    def step(self) -> None:
        """Try one thing, whatever it is; most of them are not allowed just now."""
        self.now += timedelta(hours=self.chance.randint(1, 60))
        fitting = [
            name for name in TRIES
            if name in ANYWHERE or self.report.state in workflow.get(name).sources
        ]  # fmt: skip
        often = [name for name in fitting if name not in RARE] or fitting
        # Now and then what leads away from the work, and what does not fit and is refused.
        pool = self.chance.choices((often, fitting, list(TRIES)), (75, 15, 10))[0]
        name = self.chance.choice(pool)
        before = Complaint.objects.get(pk=self.report.pk)
        try:
            TRIES[name](self)
        except (NotAllowed, PermissionDenied):
            self.report = Complaint.objects.get(pk=self.report.pk)
            assert self.report.state == before.state, name
            return
        self.report = Complaint.objects.get(pk=self.report.pk)
        self.made.append(name)
        check(before, self.report, self.now)


def common(walker: Walker, who: str) -> dict[str, Any]:
    return {"complaint": walker.report, "by": walker.people[who], "now": walker.now}


def _acknowledge(walker: Walker) -> object:
    outside = OutsideCase.objects.filter(complaint=walker.report).order_by("-id").first()
    if outside is None:
        raise NotAllowed
    return transferring.acknowledge(outside=outside, reference="P-1", now=walker.now)


def _transfer(walker: Walker) -> object:
    handover = services.Handover(
        receiver="Pemerintah Provinsi", address="p@contoh.test", note="Jalan provinsi.",
        public=walker.chance.random() < 0.5,
    )  # fmt: skip
    return services.transfer(handover=handover, **common(walker, "coordinator"))


def _sweep(walker: Walker, name: str) -> object:
    due = walker.report.due_at
    if due is None or walker.report.state not in workflow.get(name).sources:
        raise NotAllowed
    walker.now = max(walker.now, due + timedelta(minutes=1))
    return services.sweep(now=walker.now)


TRIES: dict[str, Callable[[Walker], object]] = {
    "verify": lambda w: services.verify_and_route(ruling=w.ruling(), **common(w, "coordinator")),
    "reject": lambda w: services.reject(reason="Bukan laporan.", **common(w, "coordinator")),
    "ask_info": lambda w: services.ask_info(question="Di mana?", **common(w, "coordinator")),
    "answer_info": lambda w: services.reply(complaint=w.report, text="Di sana.", now=w.now),
    "appeal": lambda w: services.appeal(complaint=w.report, reason="Keliru.", now=w.now),
    "transfer": _transfer,
    "acknowledge": _acknowledge,
    "take_back": lambda w: services.take_back(**common(w, "coordinator")),
    "merge": lambda w: merging.merge(complaint=w.report, into=w.other, by=w.people["coordinator"]),
    "unmerge": lambda w: merging.unmerge(complaint=w.report, by=w.people["coordinator"]),
    "accept": lambda w: services.accept(**common(w, "officer")),
    "refuse": lambda w: services.refuse(reason="Bukan kami.", **common(w, "officer")),
    "plan": lambda w: services.plan(day=w.until(), **common(w, "officer")),
    "hold": lambda w: services.hold(reason="Menunggu.", until=w.until(), **common(w, "head")),
    "resume": lambda w: services.resume(**common(w, "officer")),
    "resolve": lambda w: services.resolve(text="Selesai.", photos=(), **common(w, "officer")),
    "withdraw": lambda w: editing.withdraw(complaint=w.report, now=w.now),
    "confirm": lambda w: services.confirm(complaint=w.report, now=w.now),
    "reopen": lambda w: services.reopen(complaint=w.report, reason="Mati lagi.", now=w.now),
    "auto_close": lambda w: _sweep(w, "auto_close"),
    "lapse": lambda w: _sweep(w, "lapse"),
    "make_secret": lambda w: services.make_secret(complaint=w.report, by=w.people["coordinator"]),
    "approve_photos": lambda w: services.approve_photos(**common(w, "coordinator")),
}


ANYWHERE = ("make_secret", "approve_photos")
RARE = (*ANYWHERE, "reject", "withdraw", "merge", "transfer", "ask_info", "lapse")


@pytest.fixture
def cast(
    coordinator: object, officer: object, agency: Agency, make_user: Callable
) -> dict[str, object]:
    """Everybody who may act."""
    head = make_user("agency_head", agency)
    return {"coordinator": coordinator, "officer": officer, "head": head}


@pytest.mark.parametrize(
    "requirement",
    ["I-04: staff may only raise secrecy; complaints-workflow: services stay within the table"],
    ids=str,
)
def test_random_walks_through_the_services(
    requirement: str, make_report: Callable, cast: dict, agency: Agency, with_settings: Callable
) -> None:
    with_settings(photo_required=False, max_hold_days=60)
    chance = random.Random(requirement)  # repeatable, no secret
    other = make_report(now=START)
    made: set[str] = set()
    for _walk in range(REAL_WALKS):
        identity = chance.choice(list(SECRECY))
        report = make_report(
            now=START, identity=identity, secret=chance.random() < 0.2, email="warga@contoh.test"
        )
        walker = Walker(report, cast, [agency], other, chance)
        for _step in range(REAL_STEPS):
            walker.step()
        made |= set(walker.made)
        legal_history(walker.report)
    rare = {"acknowledge", "auto_close", "lapse"} | (set() if SOAK else {"transfer", "take_back"})
    assert made >= set(TRIES) - rare, "a walk tries everything"


def check(before: Complaint, after: Complaint, now: datetime) -> None:
    """Assert what holds after every step."""
    assert SECRECY[after.identity] >= SECRECY[before.identity]
    assert after.secret >= before.secret
    assert not (after.secret and after.published_at)
    assert not (after.identity == "anonymous" and after.reporter_id)
    assert before.reporter_id == after.reporter_id
    assert after.level >= before.level
    assert not (after.is_public and after.state == State.REJECTED)
    clock = clocks.of(clocking.TURN_CLOCK, after.uuid)
    assert clock is not None
    waits = after.state in workflow.TURN
    assert bool(clock.stopped_at) == (not waits), after.state
    assert (after.due_at is not None) == waits, after.state
    rests = after.state in (State.NEED_INFO, State.ON_HOLD)
    assert bool(clock.paused_at and not clock.stopped_at) == rests, after.state
    if waits and not rests:
        assert after.due_at == clock.due_at
    if after.state == State.ON_HOLD:
        assert after.due_at == clocking.hold_ends(after)


def legal_history(report: Complaint) -> None:
    """Assert that the lines of the history follow each other as the table says."""
    lines = Entry.objects.filter(complaint=report).exclude(to_state="").order_by("id")
    before = ""
    for line in lines:
        if line.move == "report":
            before = line.to_state
            continue
        assert line.from_state == before
        assert allowed(line.from_state, line.move, line.to_state), line.move
        before = line.to_state
    assert before == report.state


def test_a_walk_that_left_the_table_would_be_seen(make_report: Callable) -> None:
    report = make_report()
    Entry.objects.create(complaint=report, at=report.created_at, move="resolve",
                         from_state=State.RECEIVED, to_state=State.RESOLVED,
                         author=Entry.Author.SYSTEM)  # fmt: skip
    with pytest.raises(AssertionError):
        legal_history(report)


def test_a_lowered_secrecy_would_be_seen(make_report: Callable) -> None:
    report = make_report(secret=True)
    lowered = Complaint.objects.get(pk=report.pk)
    lowered.secret = False
    with pytest.raises(AssertionError):
        check(report, lowered, START)
