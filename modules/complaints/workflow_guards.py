"""What stands against a move although the state would allow it: a sentence for people, or ""."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai import workcal
from modules.complaints import conf, doubts
from modules.complaints.models import Complaint


def may_still_bounce(complaint: Complaint, rules: conf.Settings, now: datetime) -> str | Promise:
    """Until agencies sent it back too often, routing is an offer."""
    if complaint.refusals >= rules.max_refusals:
        return _("It was sent back too often: now you decide, and the agency keeps it.")
    return ""


def bounced_enough(complaint: Complaint, rules: conf.Settings, now: datetime) -> str | Promise:
    """After that the coordinator's word stands."""
    if complaint.refusals < rules.max_refusals:
        return _("The agency may still say that it is not theirs.")
    return ""


def may_refuse(complaint: Complaint, rules: conf.Settings, now: datetime) -> str | Promise:
    """A decided case is not sent back any more."""
    if complaint.forced or complaint.refusals >= rules.max_refusals:
        return _("It was sent back too often: the coordinator's decision stands.")
    return ""


def may_hold(complaint: Complaint, rules: conf.Settings, now: datetime) -> str | Promise:
    """A case rests only so often."""
    if complaint.holds >= rules.max_holds:
        return _("The case rested as often as it may.")
    return ""


def may_appeal(complaint: Complaint, rules: conf.Settings, now: datetime) -> str | Promise:
    """Once, and not for ever."""
    if complaint.appealed_at is not None:
        return _("The report was looked at a second time already.")
    if complaint.erased_at is not None or complaint.closed_at is None:
        return _("The time to object is over.")
    if complaint.was_withdrawn:
        return _("You took the report back. If it is needed after all, send it anew.")
    if now > workcal.add_working_days(complaint.closed_at, rules.appeal_days):
        return _("The time to object is over.")
    return ""


def needs_four_eyes(complaint: Complaint, rules: conf.Settings, now: datetime) -> str | Promise:
    """Handing in for a check exists where somebody checks, and for evidence with a flag."""
    if rules.four_eyes or doubts.must_be_checked(complaint, rules):
        return ""
    return _("Evidence is not checked by a second person here.")


def no_four_eyes(complaint: Complaint, rules: conf.Settings, now: datetime) -> str | Promise:
    """Declaring it done alone is only for regions without that check, and without a flag."""
    if rules.four_eyes or doubts.must_be_checked(complaint, rules):
        return _("A second person checks the evidence first.")
    return ""


def nobody_joined(complaint: Complaint, rules: conf.Settings, now: datetime) -> str | Promise:
    """What others have joined is their report as well."""
    if complaint.duplicates.exists():
        return _("Others have reported the same and joined your report, so it goes on.")
    return ""
