"""Who may move an article from where to where. Read the table aloud.

Time makes the one move that is not here: what is scheduled is published when its minute has come
(``Article.state_at``). Nobody approves their own words: neither who wrote the article nor who
changed it last. Source: Pedoman Pemberitaan Media Siber (Dewan Pers 2012), sections 2 and 4, on
checking before and on correcting after publication.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.news import rights, topics
from modules.news.models import Article
from modules.news.rights import PUBLISH, WRITE
from modules.news.states import OUT, Kind, State


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed transition.

    ``target`` is None where an article goes back to where it came from. ``another``: not by who
    wrote or last changed it. ``complete``: nothing of its kind may be missing.
    """

    name: str
    sources: tuple[State, ...]
    target: State | None
    permission: str
    topic: str = ""
    another: bool = False
    complete: bool = False


class NotAllowed(Exception):  # noqa: N818  # it reads as what happened
    """Raised for a move the table does not know; says why, for people."""


S = State

# fmt: off
MOVES: tuple[Move, ...] = (
    Move("submit", (S.DRAFT,), S.REVIEW, WRITE, topics.SUBMITTED, complete=True),
    Move("take_back", (S.REVIEW,), S.DRAFT, WRITE, topics.CALLED_BACK),
    Move("send_back", (S.REVIEW,), S.DRAFT, PUBLISH, topics.RETURNED),
    Move("approve", (S.REVIEW,), S.SCHEDULED, PUBLISH, topics.APPROVED, another=True,
         complete=True),
    Move("reschedule", (S.SCHEDULED,), S.SCHEDULED, PUBLISH, topics.APPROVED),
    Move("call_back", (S.SCHEDULED,), S.DRAFT, PUBLISH, topics.CALLED_BACK),
    Move("correct", OUT, S.CORRECTED, PUBLISH, topics.CORRECTED, complete=True),
    Move("discard", (S.DRAFT,), S.ARCHIVED, WRITE, topics.ARCHIVED),
    Move("archive", OUT, S.ARCHIVED, PUBLISH, topics.ARCHIVED),
    Move("bring_back", (S.ARCHIVED,), None, WRITE, topics.BROUGHT_BACK),
)
# fmt: on
_MOVES = {move.name: move for move in MOVES}
EDITABLE = (S.DRAFT, S.REVIEW)
MOVED_ON = _("It has moved on in the meantime. Please look at it again.")
NOT_YOURS = _("Your role cannot do this with this article.")
ANOTHER = _("Somebody else has to approve it: you wrote it or changed it last.")


def get(name: str) -> Move:
    """Return the move called ``name``; raises KeyError for an unknown one."""
    return _MOVES[name]


def problem(move: Move, article: Article, by: Any, now: datetime) -> str | Promise:
    """Return why ``by`` cannot make this move now, or "" when nothing stands against it."""
    if article.state_at(now) not in move.sources:
        return MOVED_ON
    if not rights.has(by, _permission(move, article), article):
        return NOT_YOURS
    if move.another and by.pk in (article.author_id, article.editor_id):
        return ANOTHER
    return next(lacking(article), "") if move.complete else ""


def offered(article: Article, by: Any, now: datetime) -> list[str]:
    """Return the names of the moves ``by`` could make, what is missing in the words aside."""
    fits = (move for move in MOVES if article.state_at(now) in move.sources)
    return [move.name for move in fits if rights.has(by, _permission(move, article), article)]


def may_edit(article: Article, by: Any, now: datetime) -> bool:
    """Tell whether ``by`` may change the words: before anybody approved them."""
    return article.state_at(now) in EDITABLE and rights.has(by, WRITE, article)


def may_change_pictures(article: Article, by: Any, now: datetime) -> bool:
    """Tell whether ``by`` may change the pictures: while the words may be changed, and of what
    is out who may publish, because a wrong picture must be replaceable at once.
    """
    if may_edit(article, by, now):
        return True
    return article.state_at(now) in OUT and rights.has(by, PUBLISH, article)


def lacking(article: Article) -> Iterator[str | Promise]:
    """Yield what an article of its kind still needs before somebody else looks at it."""
    if not article.text.strip() and article.kind != Kind.EPAPER:
        yield _("The text is missing.")
    if article.kind == Kind.EVENT and not (article.starts_at and article.place):
        yield _("Say when it begins and where it is.")
    if article.kind == Kind.HOAX and not (
        article.claim.strip() and article.verdict and article.evidence_url
    ):
        yield _("A clarified hoax needs the claim, the verdict and a link to the evidence.")
    if article.kind == Kind.EPAPER and not article.document:
        yield _("The PDF of the e-paper is missing.")


def _permission(move: Move, article: Article) -> str:
    """Return the right a move asks for; what was out comes back only by who may publish."""
    if move.target is None and article.archived_from == State.SCHEDULED:
        return PUBLISH
    return move.permission
