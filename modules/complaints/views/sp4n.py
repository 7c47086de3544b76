"""The console's page of exchanges with SP4N-LAPOR!."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from balai.accounts.guards import console_required
from balai.modules.manifest import type_str
from modules.complaints import sp4n
from modules.complaints.models import OutsideCase
from modules.complaints.selectors import exchanges
from modules.complaints.services import sp4n_hearing, sp4n_sending
from modules.complaints.sp4n import Mode
from modules.complaints.sp4n_forms import MODES
from modules.complaints.workflow import NotAllowed

PER_PAGE = 25
State = OutsideCase.State
LOOKS: Final = {
    State.WAITING: ("amber", "clock"),
    State.SENT: ("blue", "send"),
    State.ACKNOWLEDGED: ("green", "check"),
    State.FAILED: ("red", "triangle-alert"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """A state as a chip."""

    colour: str
    icon: str
    label: type_str


@require_safe
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """List exchanges, of one state or by number, and say when SP4N was heard last."""
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()[:64]
    found = exchanges.cases(state=state, words=words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    counts = exchanges.counts()
    shown = {
        "page": page,
        "rows": [(twin, Look(*LOOKS[State(twin.state)], twin.get_state_display()))
                 for twin in page.object_list],
        "tabs": [(value, label, counts.get(value, 0)) for value, label in State.choices],
        "chosen": state if state in State.values else "",
        "words": words,
        "total": sum(counts.values()),
        "mode": dict(MODES)[sp4n.mode().value],
        "listens": sp4n.mode() in (Mode.HTTP, Mode.CONSOLE),
        "exchange": exchanges.exchange(),
        "max_attempts": sp4n_sending.MAX_ATTEMPTS,
    }  # fmt: skip
    return render(request, "complaints/console/sp4n.html", shown)


@require_POST
@console_required
def retry(request: HttpRequest, outside: UUID) -> HttpResponseBase:
    """Send one again that failed."""
    twin = exchanges.failed(outside)
    if twin is None:
        raise Http404
    try:
        sp4n_sending.retry(outside=twin)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("On its way again."))
    return redirect("complaints_console:sp4n")


@require_POST
@console_required
def ask(request: HttpRequest) -> HttpResponseBase:
    """Do not wait for the end of a pause: the next round asks again."""
    sp4n_hearing.end_pause()
    messages.success(request, _("SP4N-LAPOR! will be asked within ten minutes."))
    return redirect("complaints_console:sp4n")
