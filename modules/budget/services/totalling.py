"""Count a state of the budget: four statements make the totals that pages read."""

from typing import Final

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from balai import audit, outbox
from modules.budget import topics
from modules.budget.codes import LEVELS
from modules.budget.models import Line, Snapshot, Total
from modules.budget.states import State

INTO: Final = """
INSERT INTO budget_total (snapshot_id, kind, side, level, agency_id, heading_id, parent_id,
  budget, revised, realised, lines, over)
"""
SUMS: Final = """
  sum(l.budget), sum(l.revised), sum(l.realised), count(*),
  count(*) FILTER (WHERE l.realised > l.revised)
FROM budget_line l JOIN budget_heading a ON a.id = l.account_id
"""
SIDE: Final = "left(a.key, 1)::smallint"
AGENCIES: Final = f"""{INTO}
SELECT l.snapshot_id, 'agency', {SIDE}, 0, l.agency_id, NULL, NULL, {SUMS}
WHERE l.snapshot_id = %(snapshot)s GROUP BY 1, 3, 5
"""
PROGRAMMES: Final = f"""{INTO}
SELECT l.snapshot_id, 'programme', {SIDE}, 0, l.agency_id, l.programme_id, NULL, {SUMS}
WHERE l.snapshot_id = %(snapshot)s GROUP BY 1, 3, 5, 6
"""
ACTIVITIES: Final = f"""{INTO}
SELECT l.snapshot_id, 'activity', {SIDE}, 0, l.agency_id, l.activity_id, l.programme_id, {SUMS}
WHERE l.snapshot_id = %(snapshot)s GROUP BY 1, 3, 5, 6, 7
"""
ACCOUNTS: Final = f"""{INTO}
SELECT l.snapshot_id, 'account', {SIDE}, v.level, l.agency_id, h.id, p.id, {SUMS}
  JOIN (VALUES {{levels}}) v(level, length, above) ON length(a.key) >= v.length
  JOIN budget_heading h ON h.kind = 'account' AND h.key = left(a.key, v.length)
  LEFT JOIN budget_heading p ON p.kind = 'account' AND p.key = left(a.key, v.above) AND v.level > 1
WHERE l.snapshot_id = %(snapshot)s GROUP BY 1, 3, 4, 5, 6, 7
"""


@transaction.atomic
def count(*, snapshot: Snapshot, left_out: int = 0) -> Snapshot:
    """Make the totals of a state of the budget anew; one that was coming in is ready then.

    Args:
        left_out: rows of the table that were mistakes; told beside the figures.
    """
    Total.objects.filter(snapshot=snapshot).delete()
    lengths = list(LEVELS.values())
    levels = ", ".join(
        f"({level}, {length}, {lengths[level - 2] if level > 1 else 0})"
        for level, length in LEVELS.items()
    )
    with connection.cursor() as cursor:
        for statement in (AGENCIES, PROGRAMMES, ACTIVITIES, ACCOUNTS.format(levels=levels)):
            cursor.execute(statement, {"snapshot": snapshot.pk})
    own = Total.objects.filter(snapshot=snapshot, kind="agency")
    snapshot.lines = sum(own.values_list("lines", flat=True))
    snapshot.revised = Line.objects.filter(snapshot=snapshot).exclude(revised=F("budget")).exists()
    snapshot.left_out, snapshot.counted_at = left_out, timezone.now()
    if snapshot.state == State.LOADING:
        snapshot.state = State.READY
    snapshot.save(update_fields=["lines", "revised", "left_out", "counted_at", "state"])
    outbox.publish(topics.COUNTED, key=str(snapshot.year), snapshot=snapshot.pk)
    audit.record(
        action="budget.counted", target=str(snapshot.uuid), after={"lines": snapshot.lines}
    )
    return snapshot
