"""The manifest of the emergency module."""

from django.utils.translation import gettext_lazy as _

from balai.accounts.roles import Role
from balai.endpoints import Endpoint
from balai.modules import Module, NavItem, OfflinePage, Permission

CENTRE = ("call_taker", "dispatcher", "emergency_supervisor")
BOARD = ("dispatcher", "emergency_supervisor")
SUPERVISOR = ("emergency_supervisor",)


class EmergencyConfig(Module):
    """112: a call becomes an incident, units go there, the public is warned."""

    name = "modules.emergency"
    verbose_name = _("Emergency 112")
    summary = _("Calls to 112 are taken, units sent and followed; the public is warned.")
    consequence = _(
        "The centre's screens, the panic button and public alerts are gone. The number 112 stays"
        " on every page, and every record stays stored."
    )
    icon = "siren"
    settings_form = "modules.emergency.settings_form.SettingsForm"
    endpoints = {
        "emergency_console:*": Endpoint.CONSOLE,
        "emergency_root:*": Endpoint.ALERTS,
        "emergency*:alert*": Endpoint.ALERTS,
        "emergency:*subscribe": Endpoint.ALERTS,
        "emergency*:*": Endpoint.EMERGENCY,
    }
    essential = True
    urgent = True
    root_paths = ("alerts/",)
    nav = (NavItem(_("Emergency"), "emergency:index", icon="siren"),)
    desk_nav = (
        NavItem(_("Take calls"), "emergency_desk:intake", "emergency.take", icon="phone-call"),
        NavItem(_("Dispatch"), "emergency_desk:board", "emergency.see_board", icon="siren"),
        NavItem(_("My unit"), "emergency_desk:crew", "emergency.crew", icon="ambulance"),
        NavItem(_("On duty"), "emergency_desk:shifts", "emergency.supervise", icon="users"),
        NavItem(_("Alerts"), "emergency_desk:alerts", "emergency.see_alerts", icon="megaphone"),
        NavItem(
            _("112 figures"), "emergency_desk:statistics", "emergency.statistics",
            icon="chart-column",
        ),
    )  # fmt: skip
    offline_pages = (
        OfflinePage("emergency:index", "emergency:index-kept", _("Emergency 112"), "siren"),
    )
    offline_static = (
        "emergency/css/citizen.css", "emergency/js/panic.js", "emergency/js/phone.js",
        "balai/css/desk.css", "live/js/live.js", "emergency/css/crew.css", "emergency/js/crew.js",
        "emergency/js/crew_alarm.js", "emergency/js/crew_position.js",
    )  # fmt: skip
    roles = (
        Role("call_taker", _("Call taker"), _("Answers 112 and types what the caller tells.")),
        Role("dispatcher", _("Dispatcher"), _("Sends units and follows them to the end.")),
        Role(
            "emergency_supervisor", _("112 supervisor"),
            _("Runs the centre's shift: opens sealed cases, approves alerts."),
        ),
        Role("crew", _("Crew"), _("Drives with a unit and reports from the scene."), True),
        Role(
            "liaison", _("Liaison"), _("Follows the incidents of one agency or partner."), True
        ),
        Role("auditor", _("Auditor"), _("Reads the log and figures of the centre.")),
    )  # fmt: skip
    permissions = (
        Permission(
            "access_desk", _("Open the centre's pages"),
            (*CENTRE, "crew", "liaison", "auditor", "coordinator", "leader", "admin"),
        ),
        Permission("take", _("Take calls"), CENTRE),
        Permission("see_board", _("See the board"), (*CENTRE, "liaison", "auditor", "leader")),
        Permission("dispatch", _("Send units and end incidents"), BOARD),
        Permission("supervise", _("Run the centre's shift"), SUPERVISOR),
        Permission("crew", _("Report from a unit"), ("crew",)),
        Permission("see_caller", _("See a caller's number"), CENTRE),
        Permission(
            "see_alerts", _("See alerts before they are sent"), (*BOARD, "coordinator", "leader")
        ),
        Permission("alert", _("Write alerts to the public"), (*BOARD, "coordinator")),
        Permission("approve_alert", _("Approve alerts to the public"), (*SUPERVISOR, "leader")),
        Permission("statistics", _("See the centre's figures"), (*SUPERVISOR, "auditor", "leader")),
        Permission("read_log", _("Read the centre's log"), (*SUPERVISOR, "auditor")),
    )  # fmt: skip
