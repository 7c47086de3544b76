"""What in a text calls for somebody's look before everybody may read it. A reason, no verdict."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.complaints import conf, stems

BLOCKED: Final = "words"
LINKS: Final = "links"
PERSONAL: Final = "personal"

WORDS: Final[Mapping[str, str | Promise]] = {
    BLOCKED: _("It holds a word from the region's list."),
    LINKS: _("It holds more links than the region allows."),
    PERSONAL: _("It holds a number of a person: NIK, KK or telephone."),
}
LINK: Final = re.compile(
    r"(?:https?://|www\.)\S+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|info|id|xyz|top|shop|link|site|"
    r"online|club|vip|me|ly|gl|io|co|cc|biz)\b(?:/\S*)?",
    re.IGNORECASE,
)
NUMBER: Final = re.compile(
    r"(?<!\d)(?:\d[ .-]?){15}\d(?!\d)"
    r"|(?<!\d)(?:\+?62|0)[ .-]?8(?:[ .-]?\d){7,12}(?!\d)"
)
"""NIK and KK have 16 digits (UU 23/2006); mobile numbers begin with 08 or +62 8."""


def examine(*texts: str) -> list[str]:
    """Return the codes, keys of :data:`WORDS`, of what calls for a look; [] for nothing."""
    rules, text = conf.current(), "\n".join(texts)
    said = stems.words(text)
    found = {
        BLOCKED: any(_said(said, phrase) for phrase in _phrases(rules.blocked_words)),
        LINKS: len(LINK.findall(text)) > rules.max_links,
        PERSONAL: NUMBER.search(text) is not None,
    }
    return [code for code in WORDS if found[code]]


def told(codes: list[str]) -> list[str]:
    """Return the reasons in words; a code that is no longer known is left out."""
    return [str(WORDS[code]) for code in codes if code in WORDS]


@lru_cache(maxsize=64)
def _phrases(listed: str) -> list[list[str]]:
    """Return the phrases of a region's list, taken apart once: imports ask ten thousand times."""
    return stems.phrases(listed)


def _said(said: list[str], phrase: list[str]) -> bool:
    """Tell whether a phrase stands there as it is: stems would catch the innocent."""
    size = len(phrase)
    return any(said[at : at + size] == phrase for at in range(len(said) - size + 1))
