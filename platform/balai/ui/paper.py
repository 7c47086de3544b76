"""Text for PDFs, whose built-in fonts know Latin letters only."""

import unicodedata
from typing import Final

PLAIN: Final = str.maketrans({"–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "„": '"',
                              "‘": "'", "’": "'", "…": "...", "•": "-", "\u00a0": " "})  # fmt: skip


def plain(text: str) -> str:
    """Return what the PDF's own fonts can show; other letters lose their marks or become "?"."""
    known = text.translate(PLAIN)
    try:
        known.encode("latin-1")
    except UnicodeEncodeError:
        known = unicodedata.normalize("NFKD", known)
        known = "".join(letter for letter in known if not unicodedata.combining(letter))
    return known.encode("latin-1", "replace").decode("latin-1")
