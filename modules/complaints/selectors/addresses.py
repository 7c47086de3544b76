"""Addresses in words: which kecamatan, kelurahan or desa they name."""

import re
from typing import Final

from balai.directory.models import Area

MOST: Final = 500
# What stands before a name and is no part of it.
KINDS: Final = re.compile(
    r"^(?:kelurahan|kel|desa|ds|kecamatan|kec|kampung|kp)(?:\.\s*|\s+)", re.IGNORECASE
)


def area_named(address: str) -> Area | None:
    """Return the smallest area that an address names; None where that is not certain.

    "Jl. Merdeka 5, Kel. Cikokol, Kec. Tangerang": parts between commas are compared with the
    names. Of villages with one name the one counts whose kecamatan is named as well.
    """
    parts = {_plain(part) for part in re.split(r"[,;\n]", address[:MOST])} - {""}
    rows = Area.objects.values_list("pk", "name", "kind", "parent_id")
    found = [row for row in rows if _plain(row[1]) in parts]
    districts = [pk for pk, _name, kind, _parent in found if kind == Area.Kind.DISTRICT]
    villages = [row for row in found if row[2] == Area.Kind.VILLAGE]
    inside = [row[0] for row in villages if row[3] in districts]
    anywhere = [row[0] for row in villages] if not districts else []
    for choice in (inside, anywhere, districts):
        if len(choice) == 1:
            areas = Area.objects.select_related("parent").defer("boundary", "parent__boundary")
            return areas.get(pk=choice[0])
    return None


def _plain(name: str) -> str:
    return " ".join(KINDS.sub("", name.strip()).casefold().split())
