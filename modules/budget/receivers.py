"""After an import its lines are counted and, where that was asked for, published."""

from balai.importing.models import ImportRun
from balai.importing.services.stepping import ENDED
from balai.modules import EventData, receiver
from modules.budget.services import taking_in

KIND = "budget.lines"


@receiver(ENDED)
def count_imported(event: EventData) -> None:
    """Count what a finished import brought."""
    run = ImportRun.objects.filter(pk=event.payload["run"] or 0, kind=KIND).first()
    if run is not None and run.state == ImportRun.State.DONE:
        taking_in.finish(
            run=run.pk, whole=bool(run.options.get("whole")), left_out=run.failed,
            publish=bool(run.options.get("publish")), by=run.created_by,
        )  # fmt: skip
