"""The crew's phone: one unit, one incident, one thumb. Every button works without scripts, too."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from balai.accounts.guards import desk_required
from balai.api.idempotency import HEADER, idempotent
from balai.files import UploadRejected
from modules.emergency import scripts, workflow
from modules.emergency.crew_forms import NoteForm, PhotoForm, PositionForm, ServiceForm
from modules.emergency.models import Leg, Shift
from modules.emergency.selectors import crewing, duty
from modules.emergency.services import dispatching, scene, sealing, shifts
from modules.emergency.workflow import CREW, NotAllowed, Who

HOME = "emergency_desk:crew"


@never_cache
@require_safe
@desk_required(CREW)
def index(request: HttpRequest) -> HttpResponse:
    """Show the unit and its incident, or the units to sign on to."""
    user: Any = request.user
    shift = duty.current(user)
    if shift is None:
        page = {"units": duty.units(user)}
        return render(request, "emergency/crew_on.html", page)
    return _page(request, shift)


@never_cache
@require_safe
@desk_required(CREW)
def panel(request: HttpRequest) -> HttpResponse:
    """Return the part that changes, for the live page; a person who was signed off sees that."""
    user: Any = request.user
    shift = duty.current(user)
    if shift is None:
        return render(request, "emergency/parts/crew_off.html")
    return render(request, "emergency/parts/crew_panel.html", _panel(request, shift))


@require_POST
@desk_required(CREW)
def sign_on(request: HttpRequest, unit: UUID) -> HttpResponse:
    """Go on a unit."""
    user: Any = request.user
    found = duty.unit(unit)
    if found is None:
        raise Http404
    try:
        shifts.sign_on(unit=found, user=user, by=user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect(HOME)


@require_POST
@desk_required(CREW)
def sign_off(request: HttpRequest) -> HttpResponse:
    """Leave the unit."""
    user: Any = request.user
    try:
        if shifts.sign_off(user=user, by=user):
            messages.success(
                request, _("Your shift has ended. Your position is not sent any more.")
            )
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect(HOME)


@require_POST
@desk_required(CREW)
def service(request: HttpRequest) -> HttpResponse:
    """Take the unit out of service with a reason, or bring it back."""
    user: Any = request.user
    shift = _shift_or_404(request)
    form = ServiceForm(request.POST)
    back = request.POST.get("available") == "1"
    if not back and not form.is_valid():
        messages.error(request, _("Say why the unit is out of service."))
        return redirect(HOME)
    reason = "" if back else form.cleaned_data["reason"]
    try:
        dispatching.set_service(unit=shift.unit, available=back, by=user, reason=reason)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect(HOME)


@never_cache
@require_POST
@desk_required(CREW)
@idempotent("emergency.crew_step")
def step(request: HttpRequest, incident: UUID, name: str) -> HttpResponseBase:
    """Make a step; ``pressed_at`` says when, for what waited on the phone."""
    if name not in {item.name for item in workflow.STEPS if item.who is Who.CREW}:
        raise Http404
    user: Any = request.user
    leg = _leg_or_404(request, incident)
    try:
        scene.step(leg=leg, name=name, by=user, at=_pressed_at(request))
    except NotAllowed as refusal:
        return _refused(request, refusal)
    return _done(request)


@never_cache
@require_POST
@desk_required(CREW)
@idempotent("emergency.crew_note")
def note(request: HttpRequest, incident: UUID) -> HttpResponseBase:
    """Add a note to the incident's record."""
    user: Any = request.user
    leg = _leg_or_404(request, incident)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _again(request, _("Write something first."))
    scene.note(leg=leg, text=form.cleaned_data["text"], by=user, at=_pressed_at(request))
    messages.success(request, _("Your note is in the record."))
    return redirect(HOME)


@never_cache
@require_POST
@desk_required(CREW)
@idempotent("emergency.crew_photo")
def photo(request: HttpRequest, incident: UUID) -> HttpResponseBase:
    """Keep photos of the scene."""
    user: Any = request.user
    leg = _leg_or_404(request, incident)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, " ".join(str(error) for error in form.errors["photos"]))
    try:
        scene.add_photos(leg=leg, uploads=form.cleaned_data["photos"], by=user)
    except (NotAllowed, UploadRejected) as refusal:
        return _again(request, refusal)
    messages.success(request, _("The photo is in the record."))
    return redirect(HOME)


@never_cache
@require_POST
@desk_required(CREW)
def caller(request: HttpRequest, incident: UUID) -> HttpResponse:
    """Show the number to ring back, once and audited."""
    user: Any = request.user
    leg = _leg_or_404(request, incident)
    try:
        number = scene.caller_of(leg=leg, by=user)
    except NotAllowed as refusal:
        return _refused(request, refusal)
    page = {"leg": leg, "number": number}
    return render(request, "emergency/crew_caller.html", page)


@never_cache
@require_POST
@desk_required(CREW)
def position(request: HttpRequest) -> HttpResponse:
    """Store where the unit is; 410 tells the phone to stop: nobody is on duty there."""
    user: Any = request.user
    form = PositionForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    stored = shifts.note_position(user=user, pin=form.pin())
    return HttpResponse(status=410 if stored is None else 204)


def _page(request: HttpRequest, shift: Shift, status: int = 200) -> HttpResponse:
    page = {
        **_panel(request, shift),
        "service_form": ServiceForm(),
        "earlier": crewing.earlier(shift),
    }
    return render(request, "emergency/crew.html", page, status=status)


def _panel(request: HttpRequest, shift: Shift) -> dict[str, object]:
    """Return what the crew sees now; reading a sealed incident is audited here."""
    user: Any = request.user
    leg = crewing.current_leg(shift.unit)
    page: dict[str, object] = {"shift": shift, "unit": shift.unit, "now": timezone.now()}
    page["aboard"] = duty.aboard(shift.unit)
    if leg is None:
        return page
    incident = sealing.read(incident=leg.incident, by=user)
    return {
        **page,
        "leg": leg,
        "incident": incident,
        "buttons": crewing.buttons(leg),
        "answers": list(scripts.shown(incident.category, incident.answers)),
        "notes": crewing.notes(leg),
        "photos": crewing.photos(incident),
        "note_form": NoteForm(),
        "photo_form": PhotoForm(),
    }


def _shift_or_404(request: HttpRequest) -> Shift:
    user: Any = request.user
    shift = duty.current(user)
    if shift is None:
        raise Http404
    return shift


def _leg_or_404(request: HttpRequest, incident: UUID) -> Leg:
    """Return the leg of the visitor's own unit with an incident; others' do not exist for it."""
    leg = crewing.leg_with(_shift_or_404(request).unit, incident)
    if leg is None:
        raise Http404
    return leg


def _pressed_at(request: HttpRequest) -> datetime:
    """Return when a button was pressed by the phone's clock, put right by the page; else now."""
    try:
        moment = parse_datetime(request.POST.get("pressed_at", "")[:40])
    except ValueError:
        moment = None
    return moment if moment is not None and timezone.is_aware(moment) else timezone.now()


def _done(request: HttpRequest) -> HttpResponse:
    """Answer the phone's queue with nothing, a form with the page."""
    return HttpResponse(status=204) if HEADER in request.headers else redirect(HOME)


def _again(request: HttpRequest, reason: object) -> HttpResponse:
    """Say why not on the page itself, where it can be mended."""
    messages.error(request, str(reason))
    return _page(request, _shift_or_404(request), status=422)


def _refused(request: HttpRequest, reason: object) -> HttpResponse:
    """Say why not: the phone's queue keeps the line as refused, a form gets the page."""
    if HEADER in request.headers:
        return HttpResponse(str(reason), status=422, content_type="text/plain; charset=utf-8")
    messages.error(request, str(reason))
    return redirect(HOME)
