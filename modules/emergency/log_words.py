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
    "emergency.partner_said": _("Note of a partner added"),
    "emergency.number_read": _("Caller's number read"),
    "emergency.facts_changed": _("Facts changed"),
    "emergency.handed_over": _("Hand-over confirmed by the other region"),
    "emergency.reopen": _("Incident opened again"),
    "emergency.came_back": _("Handed-over incident came back"),
    "emergency.draft_discarded": _("Form thrown away"),
    "emergency.noise_reopened": _("Noise call made a form again"),
    "emergency.shift_began": _("Shift on a unit begun"),
    "emergency.shift_ended": _("Shift on a unit ended"),
    "emergency.alert_written": _("Alert written"),
    "emergency.alert_submitted": _("Alert given to a second person"),
    "emergency.alert_sent_back": _("Alert sent back"),
    "emergency.alert_discarded": _("Alert thrown away"),
    "emergency.alert_published": _("Alert published"),
    "emergency.feed_added": _("Feed of alerts added"),
    "emergency.feed_removed": _("Feed of alerts removed"),
    "emergency.feed_switched": _("Feed of alerts switched on or off"),
    "emergency.category_added": _("Category added"),
    "emergency.category_changed": _("Category changed"),
    "emergency.outcome_added": _("Outcome added"),
    "emergency.outcome_changed": _("Outcome changed"),
    "emergency.unit_added": _("Unit added"),
    "emergency.unit_changed": _("Unit changed"),
    "emergency.exported": _("Monthly report taken along"),
}
