"""Why it is written down who changed what (UU PDP 27/2022, articles 31, 38 and 39)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug="audit.log",
        label=_("Audit log"),
        text=_("Who changed what in the administration, so that misuse is found."),
        basis=Basis.DUTY,
        law="UU 27/2022 (31, 38, 39)",
        data=(_("Who acted, what they did, when"),),
        models=("audit.Entry",),
        retention=_("As long as the region uses this site"),
    ),
)
