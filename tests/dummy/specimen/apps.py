"""The specimen's manifest."""

from django.utils.translation import gettext_lazy as _

from balai.endpoints import Endpoint
from balai.modules import Module, NavItem, Permission


class Specimen(Module):
    """Notes that officers write and citizens read."""

    name = "tests.dummy.specimen"
    verbose_name = _("Notes")
    summary = _("Officers write notes; citizens read them.")
    consequence = _("Citizens no longer see the notes. The notes stay.")
    icon = "sticky-note"
    root_paths = (".well-known/specimen/",)
    nav = [NavItem(_("Notes"), "specimen:list", icon="sticky-note")]
    desk_nav = [NavItem(_("Notes"), "specimen_desk:list", "specimen.access_desk", "sticky-note")]
    permissions = [
        Permission("access_desk", _("Open the notes' desk"), ("admin", "officer")),
        Permission("write", _("Write notes"), ("admin",)),
    ]
    endpoints = {"specimen_desk:write": Endpoint.PUBLISHING}
    api_scopes = {"specimen:write": _("Write notes")}
    webhook_topics = {"specimen.note_written": _("A note was written")}
    settings_form = "tests.dummy.specimen.forms.SpecimenSettings"
    switched: list[str] = []

    def activated(self) -> None:
        """Remember the switch, so that a test can see the hook ran."""
        self.switched.append("on")

    def deactivated(self) -> None:
        """Remember the switch, so that a test can see the hook ran."""
        self.switched.append("off")
