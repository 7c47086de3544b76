"""What the pages of imports show: a status as a chip, progress, and what can be done now."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.accounts.roles import CONSOLE
from balai.importing import selectors
from balai.importing.columns import Importer
from balai.importing.forms import StartForm
from balai.importing.models import ImportRun
from balai.importing.services.deciding import STILL_SECONDS
from balai.importing.services.stepping import TOPICS
from balai.modules.manifest import type_str

State = ImportRun.State
LOOKS: Final = {
    State.UPLOADED: ("grey", "file-up"),
    State.CHECKING: ("amber", "search"),
    State.CHECKED: ("blue", "list-checks"),
    State.RUNNING: ("amber", "loader"),
    State.DONE: ("green", "check"),
    State.FAILED: ("red", "triangle-alert"),
    State.CANCELLED: ("grey", "ban"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """A state as a chip."""

    colour: str
    icon: str
    label: type_str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list."""

    run: ImportRun
    what: type_str
    who: str
    status: Look


def look(run: ImportRun) -> Look:
    """Return the state's chip."""
    state = State(run.state)
    return Look(*LOOKS[state], state.label)


def entry(run: ImportRun) -> Entry:
    """Return a line of the list."""
    who = run.created_by.label if run.created_by else ""
    return Entry(run, selectors.label_of(run.kind), who, look(run))


def shown(request: HttpRequest, run: ImportRun, importer: type[Importer]) -> dict[str, Any]:
    """Return the variables of an import's page and of its part that renews itself."""
    still = (timezone.now() - run.moved_at).total_seconds() >= STILL_SECONDS
    told = run.columns and run.state != State.CANCELLED
    return {
        "base": base(request),
        "run": run,
        "importer": importer,
        "status": look(run),
        "share": run.done / run.total if run.total else 0,
        "error": _(run.error) if run.error else "",
        "stuck": run.working and still,
        "tallies": selectors.tallies(run, importer.columns) if told and run.failed else [],
        "errors": selectors.mistakes(run, importer.columns) if told and run.failed else [],
        "taken": max(run.total - run.failed, 0),
        "start_form": StartForm() if run.state == State.CHECKED else None,
        "choose_together": StartForm.fits(run),
        "topics": " ".join(TOPICS),
    }


def base(request: HttpRequest) -> str:
    """Return the frame: the console for admins, the desk for other officers."""
    user: Any = request.user
    return "balai/console.html" if user.has_perm(CONSOLE) else "balai/desk.html"
