"""How the money of a sample year is spent: slowly at first, much at the end, never the same."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from modules.budget import reference
from modules.budget.codes import Named, named
from modules.budget.sample import plan
from modules.budget.sample.plan import Office
from modules.budget.services.taking_in import Told

BILLION: Final = 10**9
SALARY: Final = "5.1.01"
CAPITAL: Final = "5.2"
SLOW: Final = 0.45
NOT_BY_PROGRAMME: Final = (Named("0.00.00", "0.00.00", "Non Program"),
                           Named("0.00.00.0.00", "0.00.00.0.00", "Non Kegiatan"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """A line before anything is spent. ``pace`` is 1 for spending evenly, more for later."""

    agency: Named
    programme: Named
    activity: Named
    account: Named
    budget: int
    revised: int
    pace: float
    final: float

    def on(self, year: int, as_of: date, elapsed: float, *, revised: bool) -> Told:
        """Return the line as it stands on a day."""
        force = self.revised if revised else self.budget
        return Told(
            year, as_of, self.agency, self.programme, self.activity, self.account, self.budget,
            force, round(force * self.final * elapsed**self.pace),
        )  # fmt: skip


def lines(chance: random.Random, districts: list[str], scale: float) -> list[Planned]:
    """Return all lines of a year.

    Args:
        districts: names of kecamatan.
        scale: how many of the activities there are, 0 to 1; each agency keeps one at least.
    """
    offices = [*plan.OFFICES]
    offices += [
        Office("7.01", f"Kecamatan {name}", plan.DISTRICT_BILLIONS, plan.DISTRICT)
        for name in districts[: plan.MOST_DISTRICTS]
    ]
    made: list[Planned] = []
    agencies: dict[str, Named] = {}
    for at, office in enumerate(offices, 1):
        agencies[office.name] = agency = _agency(office, at)
        pace = chance.choice((1.0, 1.1, 1.2, 1.4, 2.2))
        made += _own(office, agency, pace, chance, scale)
    for name, account, billions in (*plan.REVENUE, *plan.FINANCING):
        money = billions * BILLION
        made.append(Planned(agencies[name], *NOT_BY_PROGRAMME, _account(account), money,
                            round(money * chance.uniform(0.97, 1.06)), 1.05,
                            chance.uniform(0.9, 1.04)))  # fmt: skip
    return made


def _own(
    office: Office, agency: Named, pace: float, chance: random.Random, scale: float
) -> Iterator[Planned]:
    work = list(_activities(office))
    kept = work if scale >= 1 else work[: max(round(len(work) * scale), 1)]
    whole = sum(weight for *_names, weight, _accounts in kept)
    for programme, activity, weight, accounts in kept:
        money = office.billions * BILLION * weight / whole
        parts = [chance.uniform(0.3, 1) for _account in accounts]
        late = activity.name.startswith(("Pembangunan", "Rehabilitasi")) and chance.random() < SLOW
        for account, part in zip(accounts, parts, strict=True):
            budget = round(money * part / sum(parts), -5)
            yield _line(
                (agency, programme, activity), account, int(budget), pace, chance, late=late
            )


def _line(
    headings: tuple[Named, Named, Named], account: str, budget: int, pace: float,
    chance: random.Random, *, late: bool,
) -> Planned:  # fmt: skip
    capital, salary = account.startswith(CAPITAL), account.startswith(SALARY)
    moved = 1.0 if salary else chance.choice((1.0, 1.0, 1.0, 0.85, 0.94, 1.08, 1.2))
    own = 1.0 if salary else pace * (2.6 if late else 1.5 if capital else 1.1)
    final = 1.02 if chance.random() < 0.004 else chance.uniform(0.88, 0.995)
    if final > 1:
        own = 0.0  # all of it and more was spent at once: the desk's list has something to find
    return Planned(*headings, _account(account), budget, int(round(budget * moved, -5)), own, final)


def _activities(office: Office) -> Iterator[tuple[Named, Named, float, tuple[str, ...]]]:
    """Yield programme, activity, weight and accounts, an agency's own work first."""
    own = 160 if office.billions > 200 else 70
    count = sum(len(names) for names in office.work.values())
    for at, (programme, names) in enumerate(office.work.items(), 2):
        head = named(f"{office.field}.{at:02d} {programme}")
        for place, name in enumerate(names, 1):
            yield (head, named(f"{head.code}.2.{place:02d} {name}"), own / count, _accounts(name))
    head = named(f"{office.field}.01 {plan.SUPPORT}")
    for place, (name, weight, accounts) in enumerate(plan.SUPPORTING, 1):
        yield head, named(f"{head.code}.2.{place:02d} {name}"), weight, accounts


def _accounts(name: str) -> tuple[str, ...]:
    if "Tidak Terduga" in name:
        return ("5.3.01.01",)
    return next((kinds for word, kinds in plan.KINDS.items() if word in name), plan.SERVICES)


def _agency(office: Office, at: int) -> Named:
    code = f"{office.field}.0.00.0.00.{at:02d}.0000"
    return Named(code, code, office.name)


def _account(code: str) -> Named:
    return Named(code, code, plan.ACCOUNTS.get(code) or reference.accounts().get(code, ""))
