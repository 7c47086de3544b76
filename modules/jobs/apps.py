"""The manifest of the jobs module (Pencaker)."""

from django.utils.translation import gettext_lazy as _

from balai.accounts.roles import Role
from balai.endpoints import Endpoint
from balai.modules import Module, NavItem, Permission

OFFICERS = ("admin", "placement_officer")


class JobsConfig(Module):
    """Work: employers offer it, seekers apply, the manpower office checks and counts."""

    name = "modules.jobs"
    verbose_name = _("Jobs")
    summary = _("Citizens find work, apply for it and get their AK/I card.")
    consequence = _(
        "Citizens no longer see vacancies, applications, cards and job fairs."
        " All of it stays stored."
    )
    icon = "briefcase"
    nav = (NavItem(_("Jobs"), "jobs:index", icon="briefcase"),)
    desk_nav = (
        NavItem(_("Employers"), "jobs_desk:index", "jobs.verify", icon="building"),
        NavItem(_("Vacancies"), "jobs_desk:vacancies", "jobs.review", icon="briefcase"),
        NavItem(_("AK/I cards"), "jobs_desk:cards", "jobs.cards", icon="id-card"),
        NavItem(_("Fairs and classes"), "jobs_desk:gatherings", "jobs.gather", icon="ticket"),
        NavItem(_("Labour market"), "jobs_desk:figures", "jobs.statistics", icon="chart-column"),
    )
    api_scopes = {"jobs:read": _("Read open vacancies more often than others")}
    webhook_topics = {
        "jobs.vacancy_publish": _("A vacancy was published"),
        "jobs.vacancy_resume": _("A vacancy is open again after a pause"),
        "jobs.vacancy_reopen": _("A vacancy that had ended is open again"),
        "jobs.vacancy_pause": _("A vacancy was paused"),
        "jobs.vacancy_revise": _("A vacancy was taken off to be changed"),
        "jobs.vacancy_take_down": _("A vacancy was taken off by the office"),
        "jobs.vacancy_fill": _("A vacancy was filled"),
        "jobs.vacancy_close": _("A vacancy was closed by its employer"),
        "jobs.vacancy_expire": _("The last day of a vacancy is over"),
    }
    settings_form = "modules.jobs.forms.SettingsForm"
    endpoints = {
        "jobs:vacancy-new": Endpoint.PUBLISHING,
        "jobs:vacancy-edit": Endpoint.PUBLISHING,
        "jobs:vacancy-extend": Endpoint.PUBLISHING,
        "jobs:vacancy-act/submit": Endpoint.PUBLISHING,
        "jobs:vacancy-act/resume": Endpoint.PUBLISHING,
        "jobs:vacancy-act/reopen": Endpoint.PUBLISHING,
        "jobs_desk:publish-many": Endpoint.PUBLISHING,
        "jobs_desk:*-new": Endpoint.PUBLISHING,
        "jobs_desk:gathering-publish": Endpoint.PUBLISHING,
        "jobs:search-*": Endpoint.STATUS,
        "jobs:withdraw": Endpoint.STATUS,
        "jobs:seat-cancel": Endpoint.STATUS,
        "jobs:cv-delete": Endpoint.STATUS,
    }
    roles = (
        Role(
            "placement_officer", _("Placement officer"),
            _("Checks employers, vacancies and AK/I cards (pengantar kerja)."),
        ),
    )  # fmt: skip
    permissions = (
        Permission("access_desk", _("Open the jobs desk"), OFFICERS),
        Permission("verify", _("Check employers"), OFFICERS),
        Permission("review", _("Review vacancies"), OFFICERS),
        Permission("cards", _("Check and issue AK/I cards"), OFFICERS),
        Permission("gather", _("Run job fairs and training classes"), OFFICERS),
        Permission("export", _("Export vacancies and placements"), OFFICERS),
        Permission(
            "statistics", _("See the figures of the labour market"),
            (*OFFICERS, "coordinator", "leader", "viewer"),
        ),
    )  # fmt: skip
