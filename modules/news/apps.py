"""The manifest of the news module."""

from django.utils.translation import gettext_lazy as _

from balai.endpoints import Endpoint
from balai.modules import Module, NavItem, Permission

EDITORS = ("admin", "coordinator", "agency_head")
WRITERS = (*EDITORS, "officer")


class NewsConfig(Module):
    """News, announcements, agenda, clarified hoaxes and e-papers; feeds of the other sites."""

    name = "modules.news"
    verbose_name = _("News")
    summary = _("News, announcements, agenda and clarified hoaxes, checked by a second person.")
    consequence = _("Citizens no longer see news and agenda. Every article stays stored.")
    icon = "newspaper"
    nav = (NavItem(_("News"), "news:index", icon="newspaper"),)
    desk_nav = (NavItem(_("News"), "news_desk:index", "news.access_desk", icon="newspaper"),)
    api_scopes = {"news:read": _("Read what is published more often than others")}
    webhook_topics = {
        "news.published": _("An article was published"),
        "news.corrected": _("An article was corrected"),
    }
    settings_form = "modules.news.settings_form.SettingsForm"
    endpoints = {
        "news_desk:new": Endpoint.PUBLISHING,
        "news_desk:edit": Endpoint.PUBLISHING,
        "news_desk:push": Endpoint.PUBLISHING,
        "news_desk:picture*": Endpoint.PUBLISHING,
        "news_desk:move/submit": Endpoint.PUBLISHING,
        "news_desk:move/approve": Endpoint.PUBLISHING,
        "news_desk:move/reschedule": Endpoint.PUBLISHING,
        "news_desk:move/bring_back": Endpoint.PUBLISHING,
        "news:leave": Endpoint.STATUS,
    }
    permissions = (
        Permission("access_desk", _("Open the editors' desk"), (*WRITERS, "validator", "leader")),
        Permission("write", _("Write and change articles"), WRITERS),
        Permission("publish", _("Approve, correct and archive articles"), (*EDITORS, "validator")),
        Permission("approve_push", _("Approve messages to phones"), ("admin", "coordinator")),
        Permission("manage_sources", _("Choose the feeds that are shown"), ("admin",)),
    )
