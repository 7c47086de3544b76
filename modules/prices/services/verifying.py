"""A validator looks at a market's prices: right, or back to who asked."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from modules.prices.models import Round
from modules.prices.services.moving import locked, move
from modules.prices.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User


@transaction.atomic
def verify(*, round_: Round, by: "User", now: datetime | None = None) -> Round:
    """Declare a market's prices right; they go out with the day's publication.

    Raises:
        NotAllowed: when they are not waiting for it, or ``by`` typed them in.
        PermissionDenied: when ``by`` may not verify.
    """
    changes = {"verifier": by, "verified_at": now or timezone.now(), "answer": ""}
    return move("verify", round_=locked(round_), by=by, changes=changes)


@transaction.atomic
def send_back(*, round_: Round, answer: str, by: "User") -> Round:
    """Give a market's prices back to the enumerator, with what is wrong.

    Raises:
        NotAllowed: when they are not waiting to be verified, or nothing is said.
        PermissionDenied: when ``by`` may not verify.
    """
    if not answer.strip():
        raise NotAllowed(_("Say what is to be asked again."))
    return move("send_back", round_=locked(round_), by=by, changes={"answer": answer.strip()})


@transaction.atomic
def take_back(*, round_: Round, by: "User") -> Round:
    """Take a verification back while nothing is published.

    Raises:
        NotAllowed: when it is published or was never verified.
        PermissionDenied: when ``by`` may not verify.
    """
    changes = {"verifier": None, "verified_at": None}
    return move("take_back", round_=locked(round_), by=by, changes=changes)
