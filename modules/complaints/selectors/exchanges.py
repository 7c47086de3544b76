"""What goes to and comes from SP4N-LAPOR!, for the admins' list."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from modules.complaints.models import Exchange, OutsideCase

SP4N, State = OutsideCase.System.SP4N, OutsideCase.State


def cases(*, state: str = "", words: str = "") -> QuerySet[OutsideCase]:
    """Return exchanges with their reports, the newest first; of a state, by a number."""
    rows = OutsideCase.objects.filter(system=SP4N).select_related("complaint").order_by("-pk")
    if state in State.values:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(Q(external_id__icontains=words) | Q(complaint__number__icontains=words))
    return rows


def counts() -> dict[str, int]:
    """Return how many exchanges are in each state (1 query)."""
    rows = OutsideCase.objects.filter(system=SP4N).order_by().values_list("state")
    return dict(rows.annotate(n=Count("id")))


def failed(reference: UUID) -> OutsideCase | None:
    """Return the failed exchange with this reference."""
    return OutsideCase.objects.filter(uuid=reference, system=SP4N, state=State.FAILED).first()


def exchange() -> Exchange | None:
    """Return how far SP4N-LAPOR! has been heard; None before the first time."""
    return Exchange.objects.filter(system=SP4N).first()
