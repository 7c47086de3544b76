"""Lines as a stream for programs: 200,000 a year."""

from collections.abc import Iterator
from typing import Any, Final

from modules.budget.models import Heading, Line, Snapshot
from modules.budget.states import Side

CHUNK: Final = 5_000
COLUMNS: Final = (
    "fiscal_year", "as_of", "direction", "agency_code", "agency", "programme_code", "programme",
    "activity_code", "activity", "account_code", "account", "budget", "revised", "realised",
)  # fmt: skip
DIRECTIONS: Final = {Side.REVENUE: "revenue", Side.SPENDING: "expenditure",
                     Side.FINANCING: "financing"}  # fmt: skip


def rows(snapshot: Snapshot) -> Iterator[tuple[Any, ...]]:
    """Yield each line as COLUMNS, by agency, programme, activity and account (2 queries)."""
    named = {row.pk: row for row in Heading.objects.defer("agency")}
    found = Line.objects.filter(snapshot=snapshot).order_by(
        "snapshot_id", "agency_id", "programme_id", "activity_id", "account_id"
    )
    told = found.values_list(
        "agency_id", "programme_id", "activity_id", "account_id", "budget", "revised", "realised"
    )
    for agency, programme, activity, account, *amounts in told.iterator(chunk_size=CHUNK):
        yield (
            snapshot.year, snapshot.as_of.isoformat(),
            DIRECTIONS[Side(int(named[account].key[0]))],
            *(
                cell
                for pk in (agency, programme, activity, account)
                for cell in (named[pk].code or named[pk].key, named[pk].name)
            ),
            *amounts,
        )  # fmt: skip
