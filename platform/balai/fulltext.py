"""Full-text search in Indonesian, on what PostgreSQL brings along.

Its built-in configuration ``indonesian`` finds the stem (melaporkan, dilaporkan, pelapor: lapor)
but knows no stop words, and its parser reads "TNG-26-004217" as a sum. So words are cut, folded and
sifted here, the same way when a text is stored and when somebody searches.

    row.search = fulltext.vector(title, place, text)       # a SearchVectorField with a GIN index
    Report.objects.filter(fulltext.matching(words))
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable, SearchVector
from django.db.models import Expression, Q, TextField, Value

CONFIG: Final = "indonesian"
PLAIN: Final = "simple"
WEIGHTS: Final = "ABCD"
MAX_WORDS: Final = 8
LONGEST: Final = 60  # letters of a word that are looked at
HALF_WORD: Final = 3  # letters from which on a last word counts as half typed

STOP_WORDS: Final = frozenset(
    """
    ada adalah adanya agar aja akan aku alias anda antara apa apabila apakah atas atau
    bagi bahkan bahwa banyak beberapa begini begitu belum berada bila bisa bukan
    dalam dan dapat dari daripada dengan di dia dimana
    guna hal hanya harus hingga hendak ia ialah ini itu
    jadi jangan jika juga kalau kami kan karena ke kepada ketika kita kok
    lagi lah lain lalu lebih maka masih mau melainkan mereka merupakan mohon
    namun nya oleh pada para per pernah pun saat saja sampai sangat saya se seakan
    sebagai sebab sebelum secara sedang sehingga sejak selama seperti serta sesudah setelah
    setiap si sih suatu sudah supaya tanpa tapi telah tentang terhadap tersebut tetapi
    the tolong untuk yaitu yang ya
    """.split()  # noqa: SIM905  # a list of quoted words is harder to read
)
"""Words that say nothing about a text; they are neither stored nor looked for."""

_APOSTROPHES: Final = re.compile("['’‘ʼ`]")
_WORD: Final = re.compile(r"[^\W_]+")
_PART: Final = re.compile(r'"([^"]*)("?)|([^\s"]+)')


def words(text: str) -> list[str]:
    """Return the words of a text as they are stored: lower case, without accents or stop words."""
    bare = _APOSTROPHES.sub("", unicodedata.normalize("NFKD", text))
    plain = "".join(letter for letter in bare if unicodedata.category(letter) != "Mn").casefold()
    return [word[:LONGEST] for word in _WORD.findall(plain) if word not in STOP_WORDS]


def vector(*texts: str) -> Expression:
    """Return the expression to store for up to four texts, the weightiest (A) first.

    The first one's words are kept as written, too: a half-typed "perba" finds the title
    "Perbaikan jalan", though the stem of "perbaikan" is "baik".
    """
    whole: Expression = _vector(texts[0], PLAIN, WEIGHTS[0])
    for text, weight in zip(texts, WEIGHTS, strict=False):
        whole = whole + _vector(text, CONFIG, weight)
    return whole


def query(asked: str) -> SearchQueryCombinable:
    """Return the search for what somebody typed; it finds nothing when no word is left of it.

    Every word must be there. "Words in quotes" must follow each other, and so must the parts of
    "TNG-26-004217". A last word from three letters on may be the beginning of one.
    """
    parts = list(_parts(asked))[:MAX_WORDS]
    if not parts:
        return _raw("")
    *before, (last, closed) = parts
    found = _last(last, complete=closed)
    if not before:
        return found
    return _raw(" & ".join(_phrase(group) for group, _closed in before)) & found


def matching(asked: str, field: str = "search") -> Q:
    """Return the condition on ``field``; no condition when no word is left of what was typed."""
    return Q(**{field: query(asked)}) if any(_parts(asked)) else Q()


def _parts(asked: str) -> Iterator[tuple[list[str], bool]]:
    """Yield the words that belong together, and whether a closing quote ended them."""
    for quoted, closed, bare in _PART.findall(asked):
        found = words(quoted or bare)[:MAX_WORDS]
        if found:
            yield found, bool(closed)


def _phrase(group: list[str]) -> str:
    """Return words in a row in PostgreSQL's own notation; they hold letters and digits only."""
    return " <-> ".join(f"'{word}'" for word in group)


def _last(group: list[str], *, complete: bool) -> SearchQueryCombinable:
    if complete or len(group[-1]) < HALF_WORD:
        return _raw(_phrase(group))
    begun = f"{_phrase(group)}:*"
    return _raw(begun) | _raw(begun, PLAIN)


def _raw(terms: str, config: str = CONFIG) -> SearchQuery:
    return SearchQuery(terms, config=config, search_type="raw")


def _vector(text: str, config: str, weight: str) -> SearchVector:
    kept = Value(" ".join(words(text)), output_field=TextField())
    return SearchVector(kept, config=config, weight=weight)
