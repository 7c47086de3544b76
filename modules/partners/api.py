"""The API of a partner's own program: its cases, and no other's.

A program has a key of the console, tied to its institution; it may exchange it for short-lived
tokens (OAuth 2.0 client credentials). Sealed cases are not given to programs.
"""

from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from balai.api import KeyAuth, keys
from balai.api.schemas import Problem
from modules.partners.models import Access, Share
from modules.partners.schemas import (
    AcknowledgeIn,
    AnswerIn,
    FieldOut,
    MessageIn,
    MessageOut,
    ShareOut,
    SharePage,
    WholeShareOut,
)
from modules.partners.selectors import reach, shares
from modules.partners.services import answering, clients, reading
from modules.partners.story import NOT_THEIRS
from modules.partners.workflow import NotAllowed, Who

PER_PAGE: Final = 50
READ: Final = KeyAuth("partners:read")
ANSWER: Final = KeyAuth("partners:answer")
ERRORS: Final = {code: Problem for code in (401, 403, 404, 422, 429)}
MOVES: Final = {**ERRORS, 409: Problem}
router = Router(tags=["partners"])


class Wanted(Schema):
    """What is to be listed; everything may be left out."""

    state: Literal["", "sent", "acknowledged", "answered", "closed"] = ""
    after: Annotated[UUID | None, Field(description="``after`` of the page before.")] = None


@router.get("/shares", response={200: SharePage, **ERRORS}, auth=READ)
def list_shares(request: HttpRequest, wanted: Query[Wanted]) -> SharePage:
    """List the cases shared with the program's partner, the newest first, 50 a page."""
    rows = _reach(request)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.after is not None:
        last = shares.one(_reach(request), wanted.after)
        if last is None:
            raise Http404
        older = Q(created_at__lt=last.created_at)
        rows = rows.filter(older | Q(created_at=last.created_at, pk__lt=last.pk))
    page = list(rows.order_by("-created_at", "-id")[: PER_PAGE + 1])
    shown = [ShareOut(**_facts(row)) for row in shares.with_facts(page[:PER_PAGE], secretly=False)]
    return SharePage(after=page[PER_PAGE - 1].uuid if len(page) > PER_PAGE else None, shares=shown)


@router.get("/shares/{uuid}", response={200: WholeShareOut, **ERRORS}, auth=READ)
def read_share(request: HttpRequest, uuid: UUID) -> WholeShareOut:
    """Read one case: the fields that were agreed on. It is noted that the program did."""
    return _whole(_one(request, uuid))


@router.post("/shares/{uuid}/acknowledge", response={200: WholeShareOut, **MOVES}, auth=ANSWER)
def acknowledge(request: HttpRequest, uuid: UUID, told: AcknowledgeIn) -> WholeShareOut:
    """Say that the partner has it; the clock stops."""
    share = _one(request, uuid)
    return _moved(lambda: answering.acknowledge(share=share, reference=told.reference), share)


@router.post("/shares/{uuid}/answer", response={200: WholeShareOut, **MOVES}, auth=ANSWER)
def answer(request: HttpRequest, uuid: UUID, told: AnswerIn) -> WholeShareOut:
    """Answer; it goes into the history of the case."""
    share = _one(request, uuid)
    return _moved(lambda: answering.answer(share=share, **told.model_dump()), share)


@router.post("/shares/{uuid}/messages", response={200: WholeShareOut, **MOVES}, auth=ANSWER)
def write(request: HttpRequest, uuid: UUID, told: MessageIn) -> WholeShareOut:
    """Write to the city about a case."""
    share = _one(request, uuid)
    return _moved(
        lambda: answering.write(share=share, side=Who.PARTNER, text=told.text, by=None), share
    )


def _reach(request: HttpRequest) -> QuerySet[Share]:
    """Return what the program's partner sees now; 403 for a key that is no partner's."""
    key = keys.of(request)
    partner = clients.partner_of(key) if key else None
    if partner is None:
        raise HttpError(403, _("This key belongs to no partner."))
    return reach.of_partner([partner]).filter(sealed=False)


def _one(request: HttpRequest, reference: UUID) -> Share:
    found = shares.one(_reach(request), reference)
    if found is None:
        raise Http404
    return found


def _moved(run: Any, share: Share) -> WholeShareOut:
    try:
        run()
    except NotAllowed as refusal:
        raise HttpError(409, str(refusal)) from refusal
    share.refresh_from_db()
    return _whole(share)


def _facts(row: shares.Row) -> dict[str, Any]:
    share, facts = row.share, row.facts
    return {
        "uuid": share.uuid, "number": share.number, "source": share.source,
        "state": str(share.state), "kind": row.label, "place": row.place,
        "reported_at": facts.created_at if facts else None, "shared_at": share.sent_at,
        "due_at": share.due_at, "reference": share.reference, "outcome": str(share.outcome),
    }  # fmt: skip


def _whole(share: Share) -> WholeShareOut:
    opened = reading.read(share=share, via=Access.Via.API)
    [row] = shares.with_facts([share], secretly=False)
    lines = [line for line in shares.messages(share) if line.move not in NOT_THEIRS]
    return WholeShareOut(
        **_facts(row),
        fields=[FieldOut(key=one.key, label=one.label, text=one.text) for one in opened.details],
        messages=[
            MessageOut(at=one.at, side=one.side, step=one.move, text=one.text) for one in lines
        ],
    )
