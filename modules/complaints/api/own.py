"""One's own report: read it, write to the officers, add photos.

Who has the number and its secret is the reporter; a program with a key also reaches the reports
that were sent with this very key. POST keeps the secret out of addresses and so out of logs.
"""

from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Form, Status, UploadedFile
from ninja.decorators import decorate_view
from ninja.errors import HttpError

from balai.api import keys
from balai.files import UploadRejected
from modules.complaints import limits
from modules.complaints.api import reading, showing
from modules.complaints.api.common import ANYBODY, ERRORS, FILES, SENDER, clean, once, router
from modules.complaints.models import Complaint
from modules.complaints.schemas import (
    ConversationOut,
    MessageIn,
    OwnReportOut,
    PhotosOut,
    Proof,
    ProofIn,
    TrackIn,
)
from modules.complaints.selectors import case
from modules.complaints.services import adding, reporting
from modules.complaints.services.photos import MAX_PHOTOS
from modules.complaints.workflow import NotAllowed


@router.post("/reports/track", response={200: OwnReportOut, **ERRORS}, auth=SENDER)
def track_report(request: HttpRequest, told: TrackIn) -> OwnReportOut:
    """Read one's own report with its number and secret."""
    found = own(request, told)
    return OwnReportOut(
        **showing.report(found).model_dump(),
        text=found.text,
        steps=showing.steps(case.entries(found, case.REPORTER)),
    )


@router.post("/reports/messages", response={200: ConversationOut, **ERRORS}, auth=SENDER)
def read_messages(request: HttpRequest, told: ProofIn) -> ConversationOut:
    """Read what officers and the reporter wrote to each other."""
    found = own(request, told)
    said = [entry for entry in case.entries(found, case.REPORTER) if entry.text]
    return ConversationOut(number=found.number, state=found.state, messages=showing.steps(said))


@router.post("/reports/messages/new", response={201: ConversationOut, **ERRORS}, auth=SENDER)
@decorate_view(once("complaints.api.message"))
def write_message(request: HttpRequest, told: MessageIn) -> Status[ConversationOut]:
    """Write to the officers on behalf of the reporter; it answers an open question."""
    found = own(request, told)
    try:
        changed = reporting.reply(complaint=found, text=clean(told.text))
    except NotAllowed as refusal:
        raise HttpError(409, str(refusal)) from refusal
    said = [entry for entry in case.entries(found, case.REPORTER) if entry.text]
    told_back = ConversationOut(
        number=changed.number, state=changed.state, messages=showing.steps(said)
    )
    return Status(201, told_back)


@router.post("/reports/photos", response={201: PhotosOut, **ERRORS}, auth=SENDER)
@decorate_view(once("complaints.api.photos", FILES))
def add_photos(
    request: HttpRequest,
    told: Form[ProofIn],
    photos: Annotated[list[UploadedFile], File(min_length=1, max_length=MAX_PHOTOS)],
) -> Status[PhotosOut]:
    """Add photos of the problem, up to five in all; officers look at them before anybody else."""
    found = own(request, told)
    try:
        held = adding.add_photos(complaint=found, uploads=photos)
    except UploadRejected as refusal:
        raise HttpError(422, str(refusal.message)) from refusal
    except NotAllowed as refusal:
        raise HttpError(409, str(refusal)) from refusal
    return Status(201, PhotosOut(number=found.number, photos=held))


# After the addresses above: Django takes the first path that fits.
router.get("/reports/{number}", response=reading.ONE, auth=ANYBODY)(reading.read_report)


def own(request: HttpRequest, told: Proof) -> Complaint:
    """Return the report that is the caller's; Http404 for any other.

    Wrong secrets are counted by address, as on the page that follows a report.
    """
    key = keys.of(request)
    if not told.secret and key is not None:
        sent = case.sent_with(told.number, key)
        if sent is None:
            raise Http404
        return sent
    if limits.exhausted("track", request):
        raise HttpError(429, _("Too many tries. Please wait ten minutes."))
    found = case.by_number(told.number, told.secret)
    if found is None:
        limits.allow("track", request)
        raise Http404
    return found
