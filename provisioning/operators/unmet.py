"""What a region had not done when it asked to go live, in words."""

from typing import Any

from django.conf import settings
from django.urls import get_urlconf, set_urlconf

from balai import context
from provisioning.golive import checklist
from tenants import selectors
from tenants.models import Region
from tenants.states import WORKING


def labels(row: Region, keys: list[str]) -> list[Any]:
    """Return the checklist's words for ``keys``; a key nobody knows any more stands for itself."""
    if not keys or row.state not in WORKING:
        return list(keys)
    before = get_urlconf()
    set_urlconf(settings.ROOT_URLCONF)  # the checks name pages of the region
    try:
        with context.region_context(selectors.freeze(row)):
            known = {check.key: check.label for check in checklist.checks()}
    finally:
        set_urlconf(before)
    return [known.get(key, key) for key in keys]
