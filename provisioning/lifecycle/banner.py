"""Which bar a region's pages carry: from its state, with the dates read at most once a minute."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from balai import context
from balai.memo import memo
from balai.ui.life import LifeBar
from provisioning.lifecycle import dues, ending, words
from provisioning.lifecycle.dues import RESTRICT_FROM
from provisioning.models import EndingCause
from tenants.states import State

SECONDS: Final = 60
SOON: Final = timedelta(days=7)
CSS: Final = {State.SANDBOX: "blue", State.PAST_DUE: "amber", State.RESTRICTED: "red",
              State.CLOSING: "red"}  # fmt: skip


def current() -> LifeBar | None:
    """Return the active region's bar. No query for an active region or a sandbox."""
    region = context.current_region()
    if region.state == State.SANDBOX:
        until = region.sandbox_until
        if until is None or until - timezone.now() > SOON:
            return None
        return _bar(region.state, "sandbox_soon", {"until": until})
    if region.state not in CSS:
        return None
    kind, details = memo(f"life:{region.state}", SECONDS, lambda: _facts(region))
    return _bar(region.state, kind, details) if kind else None


def _bar(state: str, kind: str, details: dict[str, Any]) -> LifeBar:
    told = words.told(kind, details)
    return LifeBar(CSS[State(state)], told.title, told.stops, told.stays, told.todo)


def _facts(region: context.Region) -> tuple[str, dict[str, datetime]]:
    if region.state == State.CLOSING:
        found = ending.current(region.id)
        if found is None or found.ends_at is None:
            return "", {}
        kind = "sandbox_over" if found.cause == EndingCause.SANDBOX else "ending"
        return kind, {"until": found.ends_at}
    since = dues.overdue_since(region.id)
    if since is None:
        return "", {}
    until = since + timedelta(days=RESTRICT_FROM)
    kind = "restricted" if region.state == State.RESTRICTED else "overdue"
    return kind, {"since": since, "until": until}
