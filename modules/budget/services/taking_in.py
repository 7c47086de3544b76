"""Lines come in, ten thousand in a statement, and are counted when the last one is there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import connection, transaction

from modules.budget import workflow
from modules.budget.codes import Named
from modules.budget.models import Line, Snapshot
from modules.budget.services import publishing, totalling
from modules.budget.services.naming import headings
from modules.budget.states import Kind, State

if TYPE_CHECKING:
    from balai.accounts.models import User

KEY: Final = "snapshot_id, agency_id, programme_id, activity_id, account_id"
PUT: Final = f"""
WITH given AS (
  SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[],
    %s::bigint[], %s::bigint[], %s::bigint[]) AS g({KEY}, budget, revised, realised)
), before AS (
  SELECT (l.budget, l.revised, l.realised) = (g.budget, g.revised, g.realised) AS same
  FROM given g JOIN budget_line l USING ({KEY})
), put AS (
  INSERT INTO budget_line AS l ({KEY}, budget, revised, realised, run)
  SELECT {KEY}, budget, revised, realised, %s FROM given
  ON CONFLICT ({KEY}) DO UPDATE SET
    budget = excluded.budget + CASE WHEN l.run = excluded.run THEN l.budget ELSE 0 END,
    revised = excluded.revised + CASE WHEN l.run = excluded.run THEN l.revised ELSE 0 END,
    realised = excluded.realised + CASE WHEN l.run = excluded.run THEN l.realised ELSE 0 END,
    run = excluded.run
)
SELECT (SELECT count(*) FROM before), (SELECT count(*) FROM before WHERE same)
"""  # noqa: S608  # only the constant above is put in
Place = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """A row of a table, in whole rupiah. ``revised`` is the budget in force."""

    year: int
    as_of: date
    agency: Named
    programme: Named
    activity: Named
    account: Named
    budget: int
    revised: int
    realised: int


class Taken(NamedTuple):
    """How many rows are new, changed or added to another one, and as before."""

    created: int
    updated: int
    unchanged: int


@transaction.atomic
def take_in(rows: Sequence[Told], *, run: int, source: str = "", sample: bool = False) -> Taken:
    """Store rows of a table (about 12 statements for any number of them).

    Rows of one ``run`` for the same line add up, as files below the level of accounts need it;
    what an earlier run told of the line is replaced.

    Args:
        run: the import; never 0.
        source: names the file, for a state of the budget that is new.
    """
    snapshots = _snapshots({(row.year, row.as_of) for row in rows}, run, source, sample)
    ids = headings([pair for row in rows for pair in _named(row)])
    sums: dict[Place, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        place = (
            snapshots[row.year, row.as_of], ids[Kind.AGENCY, row.agency.key],
            ids[Kind.PROGRAMME, row.programme.key], ids[Kind.ACTIVITY, row.activity.key],
            ids[Kind.ACCOUNT, row.account.key],
        )  # fmt: skip
        amounts = sums[place]
        amounts[0] += row.budget
        amounts[1] += row.revised
        amounts[2] += row.realised
    known, same = _put(sums, run)
    created = len(sums) - known
    return Taken(created, len(rows) - created - same, same)


@transaction.atomic
def finish(
    *, run: int, whole: bool, left_out: int = 0, publish: bool = False, by: "User | None" = None
) -> list[Snapshot]:
    """Count what a run brought, and publish it if it may be. Return the states it brought.

    Args:
        whole: the table holds all of its year: lines it does not name are no longer there. Only
            believed where none of its rows was left out.
        left_out: rows that were mistakes.
    """
    found = list(Snapshot.objects.select_for_update().filter(run=run).order_by("pk"))
    for snapshot in found:
        if whole and not left_out:
            Line.objects.filter(snapshot=snapshot).exclude(run=run).delete()
        totalling.count(snapshot=snapshot, left_out=left_out)
        may = by is not None and by.has_perm(workflow.PUBLISH)
        if publish and may and snapshot.state == State.READY:
            publishing.move(snapshot=snapshot, name="publish", by=by)
    return found


def _named(row: Told) -> Iterable[tuple[Kind, Named]]:
    yield Kind.AGENCY, row.agency
    yield Kind.PROGRAMME, row.programme
    yield Kind.ACTIVITY, row.activity
    yield Kind.ACCOUNT, row.account


def _snapshots(
    days: set[tuple[int, date]], run: int, source: str, sample: bool
) -> dict[tuple[int, date], int]:
    """Return {(year, as of): pk}, marked with the run that brings lines to them."""
    found: dict[tuple[int, date], int] = {}
    for year, as_of in sorted(days):
        row, created = Snapshot.objects.get_or_create(
            year=year, as_of=as_of,
            defaults={"run": run, "source": source[:120], "sample": sample},
        )  # fmt: skip
        if not created and row.run != run:
            row.run, row.source = run, source[:120]
            row.save(update_fields=["run", "source"])
        found[year, as_of] = row.pk
    return found


def _put(sums: dict[Place, list[int]], run: int) -> tuple[int, int]:
    """Write lines; return how many were there before, and how many of those had these amounts."""
    columns = [list(column) for column in zip(*sums, strict=True)]
    amounts = [list(column) for column in zip(*sums.values(), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(PUT, [*columns, *amounts, run])
        known, same = cursor.fetchone()
    return known, same
