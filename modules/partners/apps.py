"""The manifest of the partners module."""

from django.utils.translation import gettext_lazy as _

from balai.accounts.roles import Role
from balai.endpoints import Endpoint
from balai.modules import Module, NavItem, Permission

SHARERS = ("admin", "coordinator", "emergency_supervisor")


class PartnersConfig(Module):
    """Cases that the police and other institutions share with the city, by agreement only."""

    name = "modules.partners"
    verbose_name = _("Partners")
    summary = _("The police, utilities and other institutions get the cases agreed with them.")
    consequence = _(
        "Partners can open no case, neither in their inbox nor by link or program."
        " Agreements, shares and the log stay stored."
    )
    icon = "handshake"
    settings_form = "modules.partners.settings_form.SettingsForm"
    endpoints = {"partners:*": Endpoint.DESK, "POST partners_api:*": Endpoint.DESK}
    desk_nav = (
        NavItem(
            _("Partners"), "partners_desk:index", "partners.access_desk",
            icon="handshake", badge="modules.partners.badges.inbox",
        ),
        NavItem(_("Share a case"), "partners_desk:find", "partners.share", icon="send"),
        NavItem(_("Who shared what"), "partners_desk:log", "partners.read_log", icon="scroll-text"),
    )  # fmt: skip
    roles = (
        Role(
            "partner", _("Partner"),
            _("Works for the police or another institution; sees the cases shared with it."),
        ),
    )  # fmt: skip
    permissions = (
        Permission("access_desk", _("Open the partners' desk"), (*SHARERS, "leader", "partner")),
        Permission("see", _("See what is shared with whom"), (*SHARERS, "leader")),
        Permission("share", _("Share cases and withdraw them"), SHARERS),
        Permission("approve", _("Agree to sharing a sealed case"), SHARERS),
        Permission("read_log", _("Read and export the log of sharing"), (*SHARERS, "leader")),
        Permission("inbox", _("Answer the cases of one's institution"), ("partner",)),
    )
    api_scopes = {
        "partners:read": _("Read the cases shared with the program's partner"),
        "partners:answer": _("Acknowledge and answer them"),
    }
