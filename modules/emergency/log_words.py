"""What the centre's entries of the audit log mean, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: Final[dict[str, Promise]] = {
    "emergency.taken": _("Call taken"),
    "emergency.dispatched": _("Unit sent"),
    "emergency.unit_service": _("Unit in or out of service"),
    "emergency.corrected": _("Time put right"),
    "emergency.close": _("Incident closed"),
    "emergency.close_unattended": _("Incident closed, nobody was sent"),
    "emergency.cancel": _("Incident cancelled"),
    "emergency.merge": _("Incidents merged"),
    "emergency.transfer": _("Incident handed over"),
    "emergency.sealed_read": _("Sealed incident read"),
    "emergency.seal_asked": _("Access to a sealed incident asked for"),
    "emergency.seal_granted": _("Access to a sealed incident granted"),
    "emergency.seal_refused": _("Access to a sealed incident refused"),
    "emergency.seal_revoked": _("Access to a sealed incident ended"),
    "emergency.caller_revealed": _("Caller's number read"),
    "emergency.shift_began": _("Shift on a unit begun"),
    "emergency.shift_ended": _("Shift on a unit ended"),
    "emergency.exported": _("Monthly report taken along"),
}
