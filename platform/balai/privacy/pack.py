"""Everything the region holds on a person, to take along: JSON, CSV, and a README in two languages.

Sources: UU PDP 27/2022, articles 7 and 13 (1): a structure that programs read.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation

from balai import context, csv_out
from balai.privacy import registry, subjects
from balai.privacy.person import Person
from balai.privacy.purpose import Purpose
from balai.ui.brand import current_brand

LANGUAGES: Final = ("id", "en")
COLUMNS: Final = ("part", "field", "value")


def build(person: Person, *, now: datetime) -> bytes:
    """Return the ZIP: ``data.json``, one CSV a part, ``README.id.txt`` and ``README.en.txt``."""
    told = subjects.collect(person)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=2))
        for part, data in told.items():
            rows = [COLUMNS, *((part, *line) for line in flat(data))]
            archive.writestr(f"{part}.csv", "\ufeff" + "".join(csv_out.lines(rows)))
        for language in LANGUAGES:
            archive.writestr(f"README.{language}.txt", _readme(told, language, now))
    return buffer.getvalue()


def flat(data: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (path, value) of nested plain values: ("reports.1.title", "Lampu mati")."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from flat(value, f"{path}.{name}" if path else str(name))
    elif isinstance(data, list | tuple):
        for number, value in enumerate(data, start=1):
            yield from flat(value, f"{path}.{number}" if path else str(number))
    elif data not in (None, ""):
        yield path, str(data)


def count(data: Any) -> int:
    """Return how many single values there are."""
    return sum(1 for _line in flat(data))


def _readme(told: dict[str, Any], language: str, now: datetime) -> str:
    with translation.override(language):
        titles = subjects.titles()
        values = {
            "brand": current_brand(),
            "region": context.current_region(),
            "now": now,
            "parts": [(f"{part}.csv", titles[part]) for part in told],
            "purposes": [purpose for purpose in registry.purposes() if _concerns(purpose, told)],
        }
        return render_to_string("privacy/readme.txt", values)


def _concerns(purpose: Purpose, told: dict[str, Any]) -> bool:
    """Tell whether one of the parts in the pack declares the purpose."""
    return purpose.slug.partition(".")[0] in told
