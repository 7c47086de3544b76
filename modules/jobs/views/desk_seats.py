"""The desk at the door: who has which number, who comes without one, who may learn what."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import desk_required
from balai.ui.paging import paged
from modules.jobs import seat_moves
from modules.jobs.gathering_forms import CapacityForm, WalkInForm
from modules.jobs.models import Gathering, Seat, Session
from modules.jobs.seat_moves import GATHER
from modules.jobs.selectors import gatherings as rows
from modules.jobs.services import gathering as service, seating
from modules.jobs.views.common import local
from modules.jobs.workflow import NotAllowed, Who

LABELS: dict[str, tuple[Any, str, bool]] = {
    "arrive": (gettext_lazy("Has come"), "badge-check", True),
    "absent": (gettext_lazy("Not here after all"), "undo-2", False),
    "accept": (gettext_lazy("Accept"), "circle-check", True),
    "refuse": (gettext_lazy("Refuse"), "circle-x", False),
    "reconsider": (gettext_lazy("Take the decision back"), "rotate-ccw", False),
    "pass": (gettext_lazy("Has passed"), "graduation-cap", True),
    "unpass": (gettext_lazy("Not passed after all"), "undo-2", False),
    "cancel": (gettext_lazy("Give the place back"), "undo-2", False),
}
"""Each move: its words, its icon, and whether it is what is usually done next."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(GATHER)
def session(request: HttpRequest, session: UUID) -> HttpResponseBase:
    """Show a session's numbers; POST gives the next one to somebody at the desk."""
    found = _session(session)
    form = WalkInForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            row = seating.walk_in(
                session=found, name=form.cleaned_data["name"], by=_account(request)
            )
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Number %(n)s.") % {"n": row.number})
        return redirect("jobs_desk:session", session)
    page = {**_listed(request, found), "form": form,
            "size": CapacityForm(initial={"capacity": found.capacity})}  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "jobs/desk/session.html", page, status=status)


@never_cache
@require_safe
@desk_required(GATHER)
def numbers(request: HttpRequest, session: UUID) -> HttpResponse:
    """Return the list alone, for the live update."""
    return render(request, "jobs/desk/parts/seats.html", _listed(request, _session(session)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(GATHER)
def seat(request: HttpRequest, seat: UUID) -> HttpResponseBase:
    """Show one place, as the QR code leads to it; POST makes a move."""
    found = rows.seat(seat)
    if found is None:
        raise Http404
    here = reverse("jobs_desk:seat", args=[seat])
    if request.method == "POST":
        name, text = (
            request.POST.get("do", ""),
            request.POST.get("text", "").replace("\0", "")[:500],
        )
        try:
            if name not in seat_moves.MOVES:
                raise NotAllowed(_("It has moved on in the meantime. Please look at it again."))
            row = seating.move(name, found, by=_account(request), text=text)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            said = {"n": row.number, "state": row.status.label}
            messages.success(request, _("Number %(n)s: %(state)s.") % said)
        return redirect(local(request, request.POST.get("next", ""), here))
    page = {
        "seat": found, "session": found.session, "gathering": found.session.gathering,
        "buttons": _buttons(found),
    }  # fmt: skip
    return render(request, "jobs/desk/seat.html", page)


@require_POST
@desk_required(GATHER)
def resize(request: HttpRequest, session: UUID) -> HttpResponseBase:
    """Change how many places a session has."""
    form = CapacityForm(request.POST)
    try:
        if not form.is_valid():
            raise NotAllowed(_("Write a number of places from one up."))
        size = form.cleaned_data["capacity"]
        service.resize(session=_session(session), capacity=size, by=_account(request))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("jobs_desk:session", session)


@require_POST
@desk_required(GATHER)
def drop(request: HttpRequest, session: UUID) -> HttpResponseBase:
    """Take a session away that nobody has a number for."""
    found = _session(session)
    try:
        service.drop_session(session=found, by=_account(request))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("jobs_desk:session", session)
    messages.success(request, _("The session is gone."))
    return redirect("jobs_desk:gathering", found.gathering.uuid)


def _listed(request: HttpRequest, found: Session) -> dict[str, Any]:
    shown, query = request.GET.get("show", ""), request.GET.get("q", "")[:80]
    shown = shown if shown in rows.SEATS else "all"
    page = paged(request, rows.seats(found, shown, query), 50)
    return {
        "session": found, "gathering": found.gathering, "shown": shown, "query": query,
        "fair": found.gathering.kind == Gathering.Kind.FAIR, "counts": rows.seat_counts(found),
        "page": page, "rows": [(row, _buttons(row)[:1]) for row in page.object_list],
        "here": f"{request.path.removesuffix('numbers/')}?{request.GET.urlencode()}",
    }  # fmt: skip


def _buttons(seat: Seat) -> list[tuple[str, Any, str, bool]]:
    """Return what an officer can do with a place, the usual next step first."""
    names = [move.name for move in seat_moves.possible(seat, Who.OFFICER)]
    made = [(name, *LABELS[name]) for name in names]
    return sorted(made, key=lambda button: not button[3])


def _session(reference: UUID) -> Session:
    found = rows.session(reference)
    if found is None:
        raise Http404
    return found


def _account(request: HttpRequest) -> Any:
    return request.user
