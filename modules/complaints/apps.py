"""The manifest of the complaints module."""

from django.utils.translation import gettext_lazy as _

from balai.endpoints import Endpoint
from balai.modules import Module, NavItem, OfflinePage, Permission

COORDINATORS = ("admin", "coordinator")
AGENCIES = ("agency_head", "officer")


class ComplaintsConfig(Module):
    """Reports: citizens tell, a verifier routes, an agency mends, the reporter decides."""

    name = "modules.complaints"
    verbose_name = _("Reports")
    summary = _("Citizens report what is broken and follow it until it is mended.")
    consequence = _("Citizens can no longer send or follow reports. Every report stays stored.")
    icon = "megaphone"
    essential = True
    endpoints = {
        "complaints:new": Endpoint.INTAKE,
        "complaints:similar": Endpoint.INTAKE,
        "complaints:villages": Endpoint.INTAKE,
        "complaints:drafts*": Endpoint.INTAKE,
        "POST complaints_api:complaints_list_reports": Endpoint.INTAKE,  # one address for both
        "POST complaints_api:complaints_send_report": Endpoint.INTAKE,
        "POST complaints_root:*": Endpoint.INTAKE,
        "complaints:track": Endpoint.STATUS,
        "complaints:receipt": Endpoint.STATUS,
        "complaints:open": Endpoint.STATUS,
        "complaints:mine": Endpoint.STATUS,
        "complaints:detail": Endpoint.STATUS,
        "POST complaints:*": Endpoint.STATUS,
        "POST complaints_api:*": Endpoint.STATUS,
    }
    nav = (
        NavItem(_("Reports"), "complaints:index", icon="megaphone"),
        NavItem(_("Follow a report"), "complaints:track", icon="search"),
    )
    desk_nav = (
        NavItem(_("Reports"), "complaints_desk:index", "complaints.access_desk", icon="inbox"),
        NavItem(_("In the field"), "complaints_desk:field", "complaints.handle", icon="route"),
        NavItem(_("Audits"), "complaints_desk:audits", "complaints.validate", icon="scale"),
    )
    primary_action = NavItem(_("Report"), "complaints:new", icon="megaphone")
    offline_pages = (
        OfflinePage(
            "complaints:new", "complaints:drafts-new", _("Send a report"), icon="megaphone"
        ),
        OfflinePage("complaints:drafts", label=_("Drafts on this phone"), icon="files"),
    )
    offline_static = (
        "complaints/css/complaints.css",
        "complaints/css/own.css",
        "balai/css/desk.css",
        "complaints/css/field.css",
        "complaints/js/field.js",
    )
    permissions = (
        Permission("access_desk", _("Open the desk"), (*COORDINATORS, *AGENCIES, "validator")),
        Permission("verify", _("Verify and route reports"), COORDINATORS),
        Permission("handle", _("Handle reports of an agency"), (*COORDINATORS, *AGENCIES)),
        Permission("validate", _("Check evidence of a repair"), (*COORDINATORS, "validator")),
        Permission("supervise", _("Consent to a case resting"), (*COORDINATORS, "agency_head")),
        Permission("import", _("Import reports of an older system"), COORDINATORS),
        Permission("see_identity", _("See who sent a secret report"), COORDINATORS),
    )
    root_paths = ("open311/v2/",)
    api_scopes = {
        "complaints:report": _("Send reports and write on behalf of who sent them"),
        "complaints:read": _("Read public reports more often than others"),
    }
    webhook_topics = {
        "complaints.verify": _("A report was checked and given to an agency"),
        "complaints.decide": _("The coordinator gave a report to an agency for good"),
        "complaints.accept": _("An agency took a report on"),
        "complaints.plan": _("The work was planned"),
        "complaints.hold": _("A case rests"),
        "complaints.resume": _("The work goes on after a rest"),
        "complaints.transfer": _("A report was passed on to another authority"),
        "complaints.resolve": _("A report was declared done"),
        "complaints.approve": _("A report was declared done after its evidence was checked"),
        "complaints.reopen": _("The reporter opened a report again"),
        "complaints.confirm": _("The reporter confirmed that it is mended"),
        "complaints.auto_close": _("A report was closed because nobody objected"),
        "complaints.merge": _("Two reports of one problem were joined"),
    }
    settings_form = "modules.complaints.forms.SettingsForm"
