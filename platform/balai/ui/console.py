"""The fixed part of the console's menu. Modules add their own pages by themselves."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from balai.modules.manifest import NavItem, type_str

GROUPS: Final[Sequence[tuple[type_str, Sequence[NavItem]]]] = (
    (
        "",
        (
            NavItem(_("Overview"), "provisioning_console:index", icon="list-checks"),
            NavItem(_("Modules"), "tenants_console:modules", icon="toggle-right"),
            NavItem(_("Brand"), "themes_console:brand", icon="palette"),
            NavItem(_("Words"), "tenants_console:words", icon="type"),
            NavItem(_("Domains"), "domains_console:index", icon="globe"),
            NavItem(_("Life of the site"), "life_console:index", icon="milestone"),
            NavItem(
                _("Plan and invoices"), "provisioning_console:billing:index", icon="receipt-text"
            ),
        ),
    ),
    (
        _("Organisation"),
        (
            NavItem(_("Agencies"), "directory_console:agencies", icon="landmark"),
            NavItem(_("Officers"), "accounts_console:officers", icon="users"),
            NavItem(_("Areas"), "directory_console:areas", icon="map"),
            NavItem(_("Calendar"), "workcal_console:index", icon="calendar-days"),
        ),
    ),
    (
        _("Records"),
        (
            NavItem(_("Import"), "importing_console:index", icon="file-up"),
            NavItem(_("Data export"), "exports_console:index", icon="archive"),
            NavItem(_("API clients"), "api_console:index", icon="key-round"),
            NavItem(_("Sign-on"), "signon_console:index", icon="log-in"),
            NavItem(_("Notifications"), "notify_console:index", icon="mail"),
            NavItem(_("Shared figures"), "sharing_console:index", icon="chart-column"),
            NavItem(_("Operator's visits"), "support_console:index", icon="door-open"),
            NavItem(
                _("Personal data"), "privacy_console:index", icon="folder-lock",
                badge="balai.privacy.badges.open_requests",
            ),
            NavItem(_("Audit log"), "audit_console:index", icon="history"),
            NavItem(_("Leaving"), "leaving_console:index", icon="door-open"),
        ),
    ),
)  # fmt: skip
