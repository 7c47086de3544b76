"""The region's own terms: which words it may choose, and the one way to change them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai import audit, context
from tenants.models import Region

KABUPATEN: Final = "kabupaten"


@dataclass(frozen=True, slots=True)
class Word:
    """A term of the pages: ``{% region_word key default %}`` asks for it.

    ``kota`` and ``kabupaten`` are what a region of that kind usually says.
    """

    key: str
    label: str | Promise
    kota: str
    kabupaten: str

    def usual(self, kind: str) -> str:
        """Return the word that a region of this kind has until it chooses its own."""
        return self.kabupaten if kind == KABUPATEN else self.kota


WORDS: Final = (
    Word("head", _("Head of the region"), "Wali Kota", "Bupati"),
    Word("district", _("District"), "Kecamatan", "Kecamatan"),
    Word("village", _("Village or ward"), "Kelurahan", "Desa atau kelurahan"),
)


@transaction.atomic
def set_words(region: context.Region, values: Mapping[str, str]) -> None:
    """Store the region's own terms; empty ones fall back to the usual ones. Audited.

    Args:
        values: by key; keys that no word has are ignored.
    """
    known = {word.key for word in WORDS}
    own = {key: text.strip() for key, text in values.items() if key in known and text.strip()}
    with context.platform():
        row = Region.objects.select_for_update().get(pk=region.id)
        before = {key: row.words[key] for key in known & row.words.keys()}
        if before == own:
            return
        row.words = {key: text for key, text in row.words.items() if key not in known} | own
        row.save(update_fields=["words"])
    with context.crossing(), context.region_context(region):
        audit.record(action="words.changed", before=before, after=own)
