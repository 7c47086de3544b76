"""The module's page in the console."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.complaints.conf import Settings
from modules.complaints.sp4n_forms import Sp4nSettings

DEFAULTS = asdict(Settings())


def _days(name: str, label: Any, least: int, most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, initial=DEFAULTS[name], **options
    )


def _choice(name: str, label: Any, hint: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=hint, required=False, initial=DEFAULTS[name])


class SettingsForm(Sp4nSettings):
    """Days are working days of the region's calendar."""

    public_list = _choice(
        "public_list", _("Show verified reports to everybody"),
        _("Secret reports and reporters never appear, whatever is chosen here."),
    )  # fmt: skip
    photo_required = _choice(
        "photo_required", _("Ask for a photo of the finished work"),
        _("Without one an agency cannot declare a report done."),
    )  # fmt: skip
    four_eyes = _choice(
        "four_eyes", _("A second person checks the evidence"),
        _("A validator looks at it before the reporter is asked."),
    )  # fmt: skip
    verify_days = _days("verify_days", _("Days to verify a report"), 1, 10)
    info_days = _days("info_days", _("Days the reporter has to answer a question"), 1, 30)
    accept_days = _days("accept_days", _("Days an agency has to take a case on"), 1, 10)
    validate_days = _days("validate_days", _("Days to check evidence"), 1, 10)
    reopen_days = _days("reopen_days", _("Days to act on a reopened case"), 1, 30)
    auto_close_days = _days(
        "auto_close_days", _("Days until a finished report closes by itself"), 3, 60,
        help_text=_("The reporter can open it again until then."),
    )  # fmt: skip
    remind_days = _days("remind_days", _("Remind the reporter this many days before"), 1, 5)
    max_refusals = _days(
        "max_refusals", _("How often agencies may send a case back"), 0, 5,
        help_text=_("After that the coordinator's decision stands."),
    )  # fmt: skip
    max_holds = _days("max_holds", _("How often a case may rest"), 0, 5)
    max_hold_days = _days("max_hold_days", _("How many days a case may rest at once"), 1, 365)
    appeal_days = _days("appeal_days", _("Days to object to a rejection"), 1, 60)
    transfer_days = _days(
        "transfer_days", _("Days another authority has to answer"), 1, 60,
        help_text=_("Days of the calendar. After that the coordinator has the report again."),
    )  # fmt: skip
    climb_days = _days(
        "climb_days", _("Days between two rungs when a case is late"), 1, 30,
        help_text=_("Head of the unit, head of the agency, secretary, head of the region."),
    )  # fmt: skip
    dossier_days = _days(
        "dossier_days", _("Days until the dossier for the Ombudsman"), 30, 365,
        help_text=_("Days of the calendar since the report (UU 25/2009)."),
    )  # fmt: skip
    days_light = _days("days_light", _("Days for light cases"), 1, 250)
    days_information = _days("days_information", _("Days for questions"), 1, 250)
    days_normative = _days("days_normative", _("Days for normative cases"), 1, 250)
    days_non_supervisory = _days(
        "days_non_supervisory", _("Days for cases without an inquiry"), 1, 250
    )
    days_supervisory = _days("days_supervisory", _("Days for cases with an inquiry"), 1, 250)
    village_first = _choice(
        "village_first", _("Offer a report with a pin to the kelurahan first"),
        _(
            "Routing rules come before; without an office of the kelurahan the kind's agency is"
            " next."
        ),
    )  # fmt: skip
    similar_radius = _days(
        "similar_radius", _("Metres within which reports may tell of the same thing"), 20, 2000,
        help_text=_("For the hint while typing and for officers who look for duplicates."),
    )  # fmt: skip
    max_links = _days(
        "max_links", _("How many links a report may hold"), 0, 20,
        help_text=_("With more it is not shown before somebody has read it."),
    )  # fmt: skip
    blocked_words = forms.CharField(
        label=_("Words that call for a look"), max_length=3000, required=False,
        initial=DEFAULTS["blocked_words"], widget=forms.Textarea({"rows": 4}),
        help_text=_("With commas between. A report with one of them is shown only after a look."),
    )  # fmt: skip
    keep_rejected_years = _days(
        "keep_rejected_years", _("Years until a rejected report is emptied"), 1, 10,
        help_text=_("Text, photos and names go; number, kind and dates stay for statistics."),
    )  # fmt: skip
    keep_done_years = _days("keep_done_years", _("Years until a finished report is emptied"), 1, 20)
    evidence_radius = _days(
        "evidence_radius", _("Metres from the place within which evidence must be taken"), 20, 5000,
        help_text=_("The phone's own inaccuracy is added. Farther away the photo gets a flag."),
    )  # fmt: skip
    camera_required = _choice(
        "camera_required", _("Evidence must be taken with the camera page"),
        _("Photos from elsewhere always go to a validator. Without this they only get a flag."),
    )  # fmt: skip
    audit_percent = _days(
        "audit_percent", _("Percent of closed reports that are drawn for an audit"), 0, 100,
        help_text=_("Nobody can foresee which. A validator who had no part in it looks again."),
    )  # fmt: skip
    bulk_wait_seconds = _days(
        "bulk_wait_seconds", _("Seconds to take an action on many reports back"), 5, 120
    )
