"""Why screens name who set them up (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug="liveroom.screens",
        label=_("Screens of the live room"),
        text=_("Which officer set a screen up."),
        basis=Basis.PUBLIC,
        data=(_("The officer who made it"),),
        models=("liveroom.Screen",),
        retention=_("As long as the screen"),
    ),
)
