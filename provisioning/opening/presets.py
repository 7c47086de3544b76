"""What a new region begins with, by preset."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.directory.reference import Regency
from balai.modules import registry

# None: every module that is on by default.
MODULES: Final[dict[str, frozenset[str] | None]] = {
    "kota": None,
    "kabupaten": None,
    "pilot": frozenset({"complaints", "news"}),
}
LABELS: Final[dict[str, str | Promise]] = {
    "kota": _("City (kota)"),
    "kabupaten": _("Regency (kabupaten)"),
    "pilot": _("Pilot"),
}


def suggested(place: Regency) -> str:
    """Return the preset that fits the region's kind."""
    return place.kind


def modules_on(preset: str) -> frozenset[str]:
    """Return the slugs of the modules a new region starts with.

    Raises:
        KeyError: for a preset that does not exist.
    """
    chosen = MODULES[preset]
    return frozenset(
        module.slug
        for module in registry.installed()
        if (module.slug in chosen if chosen is not None else module.default_enabled)
    )
