"""The manifest of the budget module."""

from django.utils.translation import gettext_lazy as _

from balai.modules import Module, NavItem, Permission


class BudgetConfig(Module):
    """The APBD: where the money goes, how much of it is spent, and what stands out."""

    name = "modules.budget"
    verbose_name = _("Budget")
    summary = _("Where the region's money goes, and how much of it is spent.")
    consequence = _("Citizens no longer see the budget. Every line stays stored.")
    icon = "landmark"
    nav = (NavItem(_("Budget"), "budget:index", icon="landmark"),)
    desk_nav = (NavItem(_("Budget"), "budget_desk:index", "budget.access_desk", "landmark"),)
    permissions = (
        Permission(
            "access_desk", _("Open the budget desk"),
            ("admin", "coordinator", "agency_head", "leader", "viewer"),
        ),
        Permission("publish", _("Publish states of the budget or take them back"),
                   ("admin", "coordinator")),
        Permission("import", _("Import the budget"), ("admin",)),
    )  # fmt: skip
    api_scopes = {"budget:read": _("Read the budget beyond the limit for everybody")}
    settings_form = "modules.budget.settings_form.SettingsForm"
