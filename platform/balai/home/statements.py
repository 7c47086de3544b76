"""Facts the statements are made of, taken from the running system so that they stay true."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.modules import registry
from balai.modules.manifest import type_str
from balai.ui.site import SCHEME_COOKIE


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie this site may set: its name, what for, and for how long."""

    name: str
    purpose: str | Promise
    lasts: str | Promise


@dataclass(frozen=True, slots=True)
class Service:
    """An active module as the region calls it."""

    name: type_str
    summary: type_str
    icon: str


def cookies() -> list[Cookie]:
    """Return every cookie this site may set, under the names it really has."""
    days = settings.SESSION_COOKIE_AGE // 86400
    return [
        Cookie(
            settings.SESSION_COOKIE_NAME, _("Keeps you signed in."), _("%(n)s days") % {"n": days}
        ),
        Cookie(settings.CSRF_COOKIE_NAME, _("Protects forms against other sites."), _("1 year")),
        Cookie(settings.LANGUAGE_COOKIE_NAME, _("Remembers your language."), _("1 year")),
        Cookie(SCHEME_COOKIE, _("Remembers light or dark."), _("1 year")),
    ]


def services() -> list[Service]:
    """Return the services of this region, under the region's own names."""
    return [
        Service(registry.label(module), module.summary, module.icon)
        for module in registry.active()
        if module.nav
    ]
