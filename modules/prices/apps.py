"""The manifest of the prices module."""

from django.utils.translation import gettext_lazy as _

from balai.accounts.roles import Role
from balai.endpoints import Endpoint
from balai.modules import Module, NavItem, Permission

EDITORS = ("admin", "validator")


class PricesConfig(Module):
    """Staple prices: enumerators ask traders, a validator checks, the city reads and compares."""

    name = "modules.prices"
    verbose_name = _("Staple prices")
    summary = _("What staple food costs in the region's markets, every working day.")
    consequence = _("Citizens no longer see prices. Every price that was asked stays stored.")
    icon = "shopping-basket"
    nav = (NavItem(_("Staple prices"), "prices:index", icon="shopping-basket"),)
    desk_nav = (
        NavItem(_("Staple prices"), "prices_desk:index", "prices.access_desk", "shopping-basket"),
        NavItem(_("Ask prices"), "prices_desk:enter", "prices.enter", "notebook-pen"),
    )
    endpoints = {
        "prices_desk:publish": Endpoint.PUBLISHING,
        "prices_desk:correct": Endpoint.PUBLISHING,
        "prices_desk:verify": Endpoint.PUBLISHING,
        "prices:unwatch": Endpoint.STATUS,
    }
    offline_static = (
        "balai/css/desk.css",
        "prices/css/entry.css",
        "prices/js/entry.js",
    )
    roles = (
        Role(
            "enumerator", _("Price enumerator"),
            _("Asks traders in the markets and types their prices in."), privileged=False,
        ),
    )  # fmt: skip
    permissions = (
        Permission(
            "access_desk", _("Open the prices desk"),
            (*EDITORS, "enumerator", "agency_head", "leader", "viewer"),
        ),
        Permission("enter", _("Ask prices in the markets"), ("admin", "enumerator")),
        Permission("verify", _("Verify prices or send them back"), EDITORS),
        Permission("publish", _("Publish and correct prices"), EDITORS),
        Permission("import", _("Import prices of an older system"), ("admin",)),
    )  # fmt: skip
    api_scopes = {"prices:read": _("Read prices beyond the limit for everybody")}
    webhook_topics = {"prices.published": _("A day's prices were published")}
    settings_form = "modules.prices.settings_form.SettingsForm"
