"""What searchers may read of a region: its public pages, by the sitemaps of its modules.

A module's sitemap is its route called "sitemap"; there is nothing else to declare.
Sources: RFC 9309 (robots.txt), sitemaps.org 0.9.
"""

from typing import Final

from balai import context
from balai.accounts.second_factor import TRIAL_STATES
from balai.modules import registry
from balai.ui.nav import url_or_none

NOT_FOR_SEARCHERS: Final = ("accounts", "console", "desk", "live", "notices")
"""First parts of addresses behind the sign-in, or of one person."""


def text() -> str:
    """Return the active region's robots.txt; a trial, with made-up data, is to be found nowhere."""
    region = context.current_region()
    if region.state in TRIAL_STATES:
        return "User-agent: *\nDisallow: /\n"
    lines = ["User-agent: *", *(f"Disallow: /{part}/" for part in NOT_FOR_SEARCHERS)]
    lines += [f"Sitemap: {region.base_url}{path}" for path in sitemaps()]
    return "\n".join(lines) + "\n"


def sitemaps() -> list[str]:
    """Return the paths of the sitemaps of the region's modules."""
    found = (url_or_none(f"{module.slug}:sitemap") for module in registry.active())
    return [path for path in found if path]
