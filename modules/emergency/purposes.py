"""Why the emergency centre keeps data of people (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug="emergency.calls",
        label=_("Emergency calls (112)"),
        text=_("To send help, to call back, and to prove afterwards what was done when."),
        basis=Basis.VITAL,
        data=(
            _("Number, encrypted"), _("Name, place and what was told"),
            _("Health, where the caller tells of it"),
        ),
        models=(
            "emergency.Call", "emergency.Incident", "emergency.Stamp", "emergency.Draft",
            "emergency.SealAccess", "emergency.Leg", "emergency.Shift",
        ),
        recipients=(_("The services that are sent"), _("Other centres, if handed over")),
        retention=_("As long as the region's archive schedule says; not removed by this site"),
    ),
    Purpose(
        slug="emergency.panic",
        label=_("The position of the panic button"),
        text=_("Sent only while you hold for help, so that you are found."),
        basis=Basis.VITAL,
        data=(_("Position and accuracy"),),
        models=("emergency.Draft", "emergency.Incident"),
        retention=_("Cancelled within ten seconds: no position; else with the call"),
    ),
    Purpose(
        slug="emergency.handover",
        label=_("Handing an emergency over to a neighbouring region"),
        text=_("When it happened there or help there is nearer; the other region answers for it."),
        basis=Basis.VITAL,
        data=(_("What the other centre needs to help"),),
        models=("emergency.Transfer",),
        recipients=(_("The centre of the neighbouring region, police, ambulance, PLN"),),
        retention=_("With the call"),
    ),
    Purpose(
        slug="emergency.alerts",
        label=_("Alerts and units"),
        text=_("Two people answer for each alert; the centre sees where its units are."),
        basis=Basis.PUBLIC,
        law="UU 24/2007",
        data=(_("Which officers wrote and approved it"), _("Where a unit is")),
        models=("emergency.Alert", "emergency.Unit"),
        retention=_("As long as the region uses this site"),
    ),
)  # fmt: skip
