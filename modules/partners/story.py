"""A share's course in words, for one of the two sides; neither reads a name of the other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from modules.partners.models import Message, Share
from modules.partners.selectors import shares
from modules.partners.workflow import Who

Look = tuple[str | Promise, str, str]
LOOKS: Final[dict[str, Look]] = {
    "propose": (pgettext_lazy("step", "Proposed to be shared"), "users", "amber"),
    "share": (pgettext_lazy("step", "Shared"), "send", "red"),
    "consent": (pgettext_lazy("step", "A second person agreed: shared"), "send", "red"),
    "acknowledge": (pgettext_lazy("step", "Acknowledged"), "check", "amber"),
    "answer": (pgettext_lazy("step", "Answered"), "message-circle-reply", "green"),
    "ask_again": (pgettext_lazy("step", "Asked again"), "rotate-ccw", "amber"),
    "close": (pgettext_lazy("step", "Closed"), "lock", "green"),
    "withdraw": (pgettext_lazy("step", "Withdrawn"), "undo-2", "grey"),
    "": (pgettext_lazy("step", "Message"), "message-circle", "grey"),
}
NOT_THEIRS: Final = ("propose",)
"""Before a case was theirs a partner hears nothing of it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the track."""

    title: str | Promise
    icon: str
    colour: str
    at: datetime
    by: str
    text: str


def steps(share: Share, side: Who) -> list[Step]:
    """Return what was done and said, newest first."""
    seen = [
        line for line in shares.messages(share) if side is Who.REGION or line.move not in NOT_THEIRS
    ]
    return [_step(line, share, side) for line in reversed(seen)]


def _step(line: Message, share: Share, side: Who) -> Step:
    title, icon, colour = LOOKS[line.move]
    return Step(title, icon, colour, line.at, _by(line, share, side), line.text)


def _by(line: Message, share: Share, side: Who) -> str:
    own = line.side == side.value
    office = str(Message.Side(line.side).label)
    if line.side == Message.Side.PARTNER:
        office = share.cooperation.partner.short_name
    return f"{line.actor.label}, {office}" if own and line.actor is not None else office
