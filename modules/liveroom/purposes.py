"""Why screens and instructions name an officer (UU PDP 27/2022, articles 20 and 21)."""

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
    Purpose(
        slug="liveroom.instructions",
        label=_("Instructions to agencies"),
        text=_("Who instructed a head of an agency, and what was answered."),
        basis=Basis.PUBLIC,
        law="UU 30/2014; UU 43/2009",
        data=(_("The line of the instruction, the answer, and who wrote them"),),
        models=("liveroom.Instruction", "liveroom.InstructionStep"),
        retention=_("As long as the office keeps its records"),
    ),
)
