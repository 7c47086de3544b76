"""The manifest of the live room."""

from django.utils.translation import gettext_lazy as _

from balai.modules import Module, NavItem, Permission


class LiveroomConfig(Module):
    """A wall of figures, map and tables that follows what happens, without personal data."""

    name = "modules.liveroom"
    verbose_name = _("Live room")
    summary = _("The city at a glance on a wall screen, seconds after it happened.")
    consequence = _("Wall screens go dark and their links stop working until it is on again.")
    icon = "tv"
    desk_nav = (NavItem(_("Live room"), "liveroom_desk:wall", "liveroom.access_desk", icon="tv"),)
    permissions = (
        Permission("access_desk", _("Look at the wall"), ("leader", "admin", "coordinator")),
        Permission("manage_screens", _("Connect screens"), ("admin",)),
    )
