"""Why reports are kept (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug="complaints.handling",
        label=_("Reports of problems"),
        text=_("To check, mend and answer what people report, with photo and place."),
        basis=Basis.PUBLIC,
        law="UU 25/2009; Perpres 76/2013; KepmenPANRB 680/2020",
        data=(
            _("What you wrote, photos, the place of the problem"),
            _("Name, e-mail address, number and position if you gave them"),
        ),
        models=(
            "complaints.Complaint", "complaints.Contact", "complaints.Entry", "complaints.Photo",
            "complaints.RemotePhoto", "complaints.OutsideCase", "complaints.HoldRequest",
            "complaints.Audit", "complaints.Flag", "complaints.Capture", "complaints.BulkAction",
            "complaints.SavedFilter", "files.StoredFile",
        ),
        recipients=(
            _("The agency that must mend it"),
            _("SP4N-LAPOR! or another authority, if handed over"),
        ),
        retention=_("As the region sets it: by default one year when rejected, five when closed"),
        swept_by="modules.complaints.tasks.empty_old_reports",
    ),
    Purpose(
        slug="complaints.open_data",
        label=_("Open data of reports"),
        text=_("Public reports as lists and figures, without who sent them; small numbers hidden."),
        basis=Basis.PUBLIC,
        law="UU 14/2008; Perpres 39/2019",
        data=(_("Kind, area, place and state of public reports"),),
        models=("complaints.Complaint",),
        recipients=(_("Everybody"),),
        retention=_("As long as the report is public"),
    ),
)  # fmt: skip
