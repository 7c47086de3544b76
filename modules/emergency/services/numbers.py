"""A caller's number is read in full to ring back; who reads it is written down first."""

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from balai import audit
from modules.emergency import callers
from modules.emergency.models import Call
from modules.emergency.selectors import sealing
from modules.emergency.selectors.calls import NUMBER_READ

if TYPE_CHECKING:
    from balai.accounts.models import User

SEE_CALLER: Final = "emergency.see_caller"


@transaction.atomic
def read(*, call: Call, by: "User") -> str:
    """Return a caller's number in digits, "" for a withheld one.

    Raises:
        PermissionDenied: without the right, or while the incident is sealed to ``by``.
    """
    if not by.has_perm(SEE_CALLER):
        raise PermissionDenied
    if call.incident and not sealing.visible(call.incident, by):
        raise PermissionDenied
    number = callers.read(call.caller)
    if number:
        audit.record(action=NUMBER_READ, target=str(call.uuid))
    return number
