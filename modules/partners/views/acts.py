"""What can be done with a share on its page: which form it asks, and which service does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from modules.partners import workflow
from modules.partners.desk_forms import (
    AcknowledgeForm,
    AnswerForm,
    AskAgainForm,
    LinkForm,
    MessageForm,
    SealedAnswerForm,
    WithdrawForm,
)
from modules.partners.models import Share
from modules.partners.selectors import reach
from modules.partners.services import answering, links, moving, sharing
from modules.partners.states import READABLE
from modules.partners.workflow import Who

Told = dict[str, Any]
Run = Callable[[Share, Any, Who, Told], object]


@dataclass(frozen=True, slots=True)
class Act:
    """A button; ``danger`` asks before, ``done`` is said afterwards."""

    name: str
    label: str | Promise
    icon: str
    done: str | Promise
    run: Run
    form: type[forms.Form] | None = None
    danger: bool = False


ACTS: tuple[Act, ...] = (
    Act("acknowledge", pgettext_lazy("act", "Acknowledge"), "check",
        _("The city knows that you have it."),
        lambda share, user, side, told: answering.acknowledge(
            share=share, reference=told["reference"], by=user), AcknowledgeForm),
    Act("answer", pgettext_lazy("act", "Answer"), "message-circle-reply",
        _("Your answer is in the case's history."),
        lambda share, user, side, told: answering.answer(share=share, by=user, **told), AnswerForm),
    Act("consent", _("Agree to sharing"), "users", _("Noted."),
        lambda share, user, side, told: sharing.consent(share=share, by=user)),
    Act("close", pgettext_lazy("act", "Close"), "lock",
        _("Closed. The partner cannot read the case any more."),
        lambda share, user, side, told: moving.move("close", share=share, by=user)),
    Act("ask_again", _("Ask the partner again"), "rotate-ccw",
        _("The partner has been asked again."),
        lambda share, user, side, told: moving.move(
            "ask_again", share=share, by=user, text=told["text"]), AskAgainForm),
    Act("message", _("Write a message"), "message-circle", _("Sent."),
        lambda share, user, side, told: answering.write(
            share=share, side=side, text=told["text"], by=user), MessageForm),
    Act("link", _("Send a link"), "link", _("The link is on its way."),
        lambda share, user, side, told: links.make(
            share=share, email=told["email"], by=user), LinkForm),
    Act("withdraw", pgettext_lazy("act", "Withdraw"), "undo-2",
        _("Withdrawn. The partner sees the case no more."),
        lambda share, user, side, told: moving.move(
            "withdraw", share=share, by=user, text=told["text"]), WithdrawForm, danger=True),
)  # fmt: skip
_BY_NAME = {act.name: act for act in ACTS}


def side_of(user: Any) -> Who:
    """Return for which side somebody speaks; nobody is on both."""
    return Who.REGION if user.has_perm(reach.SEE) else Who.PARTNER


def offered(share: Share, user: Any, side: Who) -> list[Act]:
    """Return what somebody of the desk can do with a share now, in the order of the buttons."""
    moves = {move.name for move in workflow.possible(share, side) if user.has_perm(move.permission)}
    if "consent" in moves and not sharing.may_consent(user, share):
        moves.discard("consent")
    return [act for act in ACTS if act.name in moves | _beside(share, user, side)]


def without_account(share: Share) -> list[Act]:
    """Return what somebody with a link can do."""
    moves = {move.name for move in workflow.possible(share, Who.PARTNER)}
    return [act for act in ACTS if act.name in moves | {"message"}]


def _beside(share: Share, user: Any, side: Who) -> set[str]:
    """Return what is no move: messages and links, while the partner may read the case."""
    paper = share.cooperation
    if share.state not in READABLE or not paper.live or not paper.partner.active:
        return set()
    if side is Who.PARTNER:
        return {"message"} if user.has_perm(workflow.INBOX) else set()
    if not user.has_perm(workflow.SHARE):
        return set()
    return {"message"} if share.sealed else {"message", "link"}


def form_of(act: Act, share: Share, data: Any = None) -> forms.Form | None:
    """Return the act's form, None where nothing is asked."""
    form = SealedAnswerForm if act.form is AnswerForm and share.sealed else act.form
    return form(data, prefix=act.name) if form else None
