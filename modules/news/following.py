"""Whose phones an article reaches: the names under which places are followed.

Who follows the whole city hears what is for everybody. Who follows a kecamatan or kelurahan hears
that as well, and what is for it, for the kecamatan above or a kelurahan inside.
"""

from typing import Final

from balai.directory.models import Area

CITY: Final = "news.city"
PREFIX: Final = "news.area:"
OURS: Final = "news."


def subject(code: str) -> str:
    """Return the name under which an area is followed; "" is the whole city."""
    return f"{PREFIX}{code}" if code else CITY


def code_of(subject: str) -> str:
    """Return the area's code that a name stands for; "" for the whole city."""
    return subject.removeprefix(PREFIX) if subject.startswith(PREFIX) else ""


def subjects(areas: list[str]) -> list[str]:
    """Return the names whose followers hear of an article for ``areas`` (none: everybody)."""
    rows = Area.objects.values_list("code", "parent__code")
    if not areas:
        return [CITY, *(subject(code) for code, _above in rows)]
    wanted = set(areas)
    for code, above in rows:
        if above in areas:
            wanted.add(code)
        if code in areas and above:
            wanted.add(above)
    return sorted(map(subject, wanted))
