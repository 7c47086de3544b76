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
    desk_nav = (
        NavItem(_("Live room"), "liveroom_desk:wall", "liveroom.look", icon="tv"),
        NavItem(_("Agencies"), "liveroom_desk:agencies", "liveroom.look", icon="building-2"),
        NavItem(
            _("Instructions"), "liveroom_desk:instructions", "liveroom.access_desk",
            icon="clipboard-list", badge="modules.liveroom.badges.open_instructions",
        ),
    )  # fmt: skip
    permissions = (
        Permission(
            "access_desk", _("Open the live room's pages"),
            ("leader", "admin", "coordinator", "agency_head"),
        ),
        Permission("look", _("Look at the wall"), ("leader", "admin", "coordinator")),
        Permission("instruct", _("Instruct heads of agencies"), ("leader", "admin")),
        Permission("answer", _("Answer instructions of an agency"), ("agency_head",)),
        Permission("see_viewers", _("See who looked at what"), ("leader", "admin")),
        Permission("manage_screens", _("Connect screens"), ("admin",)),
    )  # fmt: skip
