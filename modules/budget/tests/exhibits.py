"""The module's objects for the two-city matrix (I-01), with a canary in every name."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from modules.budget.codes import Named, account, named
from modules.budget.services import publishing, taking_in
from modules.budget.services.taking_in import Told

CANARY = "KANARI-TANGERANG"


def exhibits() -> dict[str, dict[str, object]]:
    """Take a state of the budget in and publish it in the active region."""
    today = timezone.localdate()
    agency = Named("kanari-tangerang", "kanari-tangerang", f"{CANARY} dinas")
    programme, activity = named(f"{CANARY} program"), named(f"{CANARY} kegiatan")
    bought = account(f"5.1.02.01.01.0001 {CANARY} belanja")
    row = Told(
        today.year, today, agency, programme, activity, bought, 12_345_000, 12_345_000, 20_000_000
    )
    taking_in.take_in([row], run=7, source=CANARY)
    (state,) = taking_in.finish(run=7, whole=True)
    publishing.move(snapshot=state, name="publish", by=None)
    waiting = replace(row, as_of=today - timedelta(days=1))
    taking_in.take_in([waiting], run=8, source=CANARY)
    (ready,) = taking_in.finish(run=8, whole=True)
    return {
        "budget:agency": {"agency": agency.key},
        "budget:activity": {"agency": agency.key, "activity": activity.key},
        "budget:programme": {"programme": programme.key},
        "budget:account": {"account": "5.1.02.01"},
        "budget_desk:move": {"reference": ready.uuid, "move": "publish"},
        "api:budget_read_agency": {"key": agency.key},
    }
