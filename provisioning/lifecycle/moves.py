"""The one door through which a region's state changes."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai import audit, context
from provisioning.models import StateChange
from tenants import selectors
from tenants.models import Region
from tenants.states import NEXT, WORKING, State

ACTION: Final = "region.moved"


class MoveRefusedError(ValidationError):
    """A step that the life of a region does not know (``tenants.states.NEXT``)."""


def move(region: Region, to: State, *, by: str, why: str) -> Region:
    """Bring a region into another state: checked, written down, audited, known everywhere.

    One transaction; it may be called from any context. A region that is in ``to`` already is
    left alone, so that clocks may ask twice. An active region has no end of its sandbox.

    Args:
        by: the label of the person, or of the clock, that does it.
        why: the reason, in words that the region's admin will read.

    Returns:
        ``region`` itself, with its new state.

    Raises:
        MoveRefusedError: when ``to`` does not follow the present state.
    """
    with context.platform(), transaction.atomic():
        locked = Region.objects.select_for_update().get(pk=region.pk)
        before = State(locked.state)
        region.state, region.sandbox_until = locked.state, locked.sandbox_until
        if before == to:
            return region
        if to not in NEXT[before]:
            raise MoveRefusedError(
                _("A region that is “%(before)s” cannot become “%(after)s”.")
                % {"before": before.label, "after": to.label},
                code="move",
            )
        region.state = to
        if to == State.ACTIVE:
            region.sandbox_until = None
        region.save(update_fields=["state", "sandbox_until"])  # its signal sends the NOTIFY
        StateChange.objects.create(
            region=region, before=before, after=to, at=timezone.now(), by=by[:120], why=why[:240]
        )
        _record(region, before, to, why)
    return region


def history(region_id: int) -> list[StateChange]:
    """Return the steps of a region's life, the latest first."""
    with context.platform():
        return list(StateChange.objects.filter(region_id=region_id))


def _record(region: Region, before: State, to: State, why: str) -> None:
    told = {"before": {"state": before.value}, "after": {"state": to.value}, "reason": why}
    if before in WORKING or to in WORKING:  # before its birth there is nowhere to write to
        with context.crossing(), context.region_context(selectors.freeze(region)):
            audit.record(action=ACTION, **told)  # type: ignore[arg-type]  # one dict, two calls
    audit.record(action=ACTION, target=region.schema_name, **told)  # type: ignore[arg-type]  # as above
