"""What several pages need: find a report or say 404, and what a report's page shows."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from balai.ui import maps
from modules.complaints import access, history, turn
from modules.complaints.models import Complaint, Entry, Photo
from modules.complaints.selectors import areas, case, remedies
from modules.complaints.states import State


def report_or_404(request: HttpRequest, report: UUID) -> Complaint:
    """Return a report the visitor may open; to others it does not exist."""
    found = case.by_uuid(report)
    if found is None or not access.can_open(request, found):
        raise Http404
    return found


def own_report_or_404(request: HttpRequest, report: UUID) -> Complaint:
    """Return a report its reporter may act on."""
    found = case.by_uuid(report)
    if found is None or not access.is_reporter(request, found):
        raise Http404
    return found


def story(complaint: Complaint, *, own: bool) -> dict[str, Any]:
    """Return the variables of a report's page; ``own`` adds what only the reporter may see."""
    entries = case.entries(complaint, case.REPORTER if own else case.PUBLIC)
    sent = case.talk_photos(complaint) if own else {}
    steps = [history.step(entry, names=False, photos=sent.get(entry.pk, ())) for entry in entries]
    photos = case.photos(complaint, approved_only=not own)
    return {
        "report": complaint,
        "own": own,
        "steps": [step for step in reversed(steps) if not step.message],
        "talk": [step for step in steps if step.message],
        "question": _open_question(complaint, entries),
        "before": [photo for photo in photos if photo.stage == Photo.Stage.BEFORE],
        "after": [photo for photo in photos if photo.stage == Photo.Stage.AFTER],
        "turn": turn.of(complaint),
        "stages": turn.stages(complaint),
        "map": place_map(complaint),
        "listed": access.is_listed(complaint),
        "appeal_until": remedies.appeal_until(complaint) if own else None,
        "dossier_open": own and remedies.dossier_open(complaint),
    }


def place_map(complaint: Complaint) -> str:
    """Return the small map of a report's place; "" without a pin or boundaries."""
    if complaint.latitude is None or complaint.longitude is None:
        return ""
    point = (complaint.latitude, complaint.longitude)
    return maps.point_map(point, areas.on_map({}), title=_("Place of the report"))


def _open_question(complaint: Complaint, entries: list[Entry]) -> str:
    if complaint.state != State.NEED_INFO:
        return ""
    return next((entry.text for entry in reversed(entries) if entry.move == "ask_info"), "")
