"""Hands an opening to the workers, or leaves it to the sweeper when the broker is away."""

import structlog
from django.db import transaction
from kombu.exceptions import OperationalError

from provisioning.models import Opening
from provisioning.models.opening import UNDER_WAY

log = structlog.get_logger(__name__)


def launch(opening: Opening) -> None:
    """Have a worker run the opening's steps once the running transaction has committed.

    The message is only a hint: without it beat's sweeper finds the opening within a minute.
    """
    if opening.state in UNDER_WAY:
        transaction.on_commit(lambda: _send(str(opening.uuid)))


def _send(uuid: str) -> None:
    from provisioning.tasks import advance

    try:
        advance.delay(uuid)
    except OperationalError as error:
        log.warning("opening_not_sent", opening=uuid, error=type(error).__name__)
