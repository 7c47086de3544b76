"""Citizens at job fairs and in training classes: look, get a number, give it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai import context
from modules.jobs import qr, seat_moves
from modules.jobs.gathering_forms import register_form
from modules.jobs.models import Gathering, Seat, Session
from modules.jobs.selectors import gatherings as rows
from modules.jobs.services import seating
from modules.jobs.views.common import personal
from modules.jobs.workflow import NotAllowed, Who


@require_safe
def fairs(request: HttpRequest) -> HttpResponse:
    """List job fairs that are not over."""
    return _list(request, Gathering.Kind.FAIR)


@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """List training classes that are not over."""
    return _list(request, Gathering.Kind.TRAINING)


@require_safe
def detail(request: HttpRequest, gathering: UUID) -> HttpResponse:
    """Show a fair or a class with its times and the places left."""
    found, now = _shown(gathering), timezone.now()
    mine = {seat.session_id: seat for seat in rows.mine(request.user, now)}
    times = [
        (row, mine.get(row.pk), seating.closed(row, now), row.taken >= row.capacity)
        for row in found.sessions.all()
    ]
    page = {"gathering": found, "times": times, "fair": found.kind == Gathering.Kind.FAIR}
    return render(request, "jobs/gathering.html", page)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, session: UUID) -> HttpResponseBase:
    """Ask who comes; POST gives the number."""
    found, user = _session(session), _account(request)
    back = redirect("jobs:gathering", found.gathering.uuid)
    known = seating.of_user(found, user)
    if known is not None:
        return redirect("jobs:seat", known.uuid)
    reason = seating.closed(found, timezone.now())
    if reason and request.method != "POST":
        messages.error(request, reason)
        return back
    form = register_form(found.gathering, request.POST or None, user)
    if form.is_bound and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            seat = seating.reserve(session=found, user=user, name=name, answers=form.answers)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return back
        return redirect("jobs:seat", seat.uuid)
    page = {"session": found, "gathering": found.gathering, "form": form,
            "fair": found.gathering.kind == Gathering.Kind.FAIR}  # fmt: skip
    return render(request, "jobs/register.html", page, status=422 if form.is_bound else 200)


@personal
@require_safe
def seat(request: HttpRequest, seat: UUID) -> HttpResponse:
    """Show one's own number with its QR code, to be scanned at the door."""
    found = _own(request, seat)
    url = context.current_region().base_url + reverse("jobs_desk:seat", args=[found.uuid])
    can = [move.name for move in seat_moves.possible(found, Who.SEEKER)]
    page = {
        "seat": found, "session": found.session, "gathering": found.session.gathering,
        "fair": found.session.gathering.kind == Gathering.Kind.FAIR,
        "code": qr.svg(url, _("QR code of number %(n)s") % {"n": found.number}),
        "can_cancel": "cancel" in can and found.session.ends_at > timezone.now(),
    }  # fmt: skip
    return render(request, "jobs/seat.html", page)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, seat: UUID) -> HttpResponseBase:
    """Ask, then give the place back to somebody else."""
    found, user = _own(request, seat), _account(request)
    if request.method != "POST":
        words = {
            "question": _("Give number %(n)s back?") % {"n": found.number},
            "stops": _("Somebody else can have your place at once."),
            "stays": _("While places are left you can get a new number."),
            "yes": _("Yes, give it back"), "no": _("No, keep it"), "danger": True,
            "back": reverse("jobs:seat", args=[found.uuid]),
        }  # fmt: skip
        return render(request, "balai/confirm.html", words)
    try:
        seating.move("cancel", found, by=user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("jobs:seat", found.uuid)
    messages.success(request, _("Your place is given back. If you change your mind, ask again."))
    return redirect("jobs:gathering", found.session.gathering.uuid)


def _list(request: HttpRequest, kind: str) -> HttpResponse:
    now = timezone.now()
    mine = rows.mine(request.user, now)
    page = {
        "kind": kind, "fair": kind == Gathering.Kind.FAIR, "rows": rows.upcoming(kind, now),
        "seats": [seat for seat in mine if seat.session.gathering.kind == kind],
    }  # fmt: skip
    return render(request, "jobs/gatherings.html", page)


def _shown(reference: UUID) -> Gathering:
    found = rows.find(reference)
    if found is None or found.published_at is None:
        raise Http404
    return found


def _session(reference: UUID) -> Session:
    found = rows.session(reference)
    if found is None or found.gathering.published_at is None:
        raise Http404
    return found


def _own(request: HttpRequest, reference: UUID) -> Seat:
    found = rows.seat(reference)
    if found is None or found.user_id is None or found.user_id != request.user.pk:
        raise Http404
    return found


def _account(request: HttpRequest) -> Any:
    return request.user
