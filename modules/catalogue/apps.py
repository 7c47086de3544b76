"""The manifest of the catalogue."""

from django.utils.translation import gettext_lazy as _

from balai.endpoints import Endpoint
from balai.modules import Module, NavItem, Permission

EDITORS = ("admin", "coordinator")


class CatalogueConfig(Module):
    """Apps of the city's agencies: tiles and search for citizens, use and cost for officers."""

    name = "modules.catalogue"
    verbose_name = _("City apps")
    summary = _("All apps of the city's agencies behind one door, with use, health and cost.")
    consequence = _(
        "Citizens no longer see the list and its tiles. Apps, figures and sign-on stay as they are."
    )
    icon = "layout-grid"
    nav = (NavItem(_("City apps"), "catalogue:index", icon="layout-grid"),)
    desk_nav = (
        NavItem(_("City apps"), "catalogue_desk:index", "catalogue.access_desk", "layout-grid"),
    )
    permissions = (
        Permission(
            "access_desk", _("See use, health and cost of the city's apps"),
            (*EDITORS, "agency_head", "leader", "viewer"),
        ),
        Permission("manage", _("Publish, pause and retire apps"), EDITORS),
        Permission("import", _("Import a list of apps"), ("admin",)),
    )  # fmt: skip
    endpoints = {
        "catalogue_console:new": Endpoint.PUBLISHING,
        "catalogue_desk:move/publish": Endpoint.PUBLISHING,
        "catalogue_desk:move/restore": Endpoint.PUBLISHING,
    }
    api_scopes = {"catalogue:read": _("Read apps beyond the limit for everybody")}
    webhook_topics = {
        "catalogue.app_down": _("An app does not answer"),
        "catalogue.app_up": _("An app answers again"),
    }
