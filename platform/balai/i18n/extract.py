"""Collect the texts of an app from its Python files and Django templates."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from balai.i18n.catalogs import LANGUAGE, po_path

KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATE_SUFFIXES = {".html", ".txt"}


def texts(app: Path) -> Catalog:
    """Return a fresh catalogue of all texts to translate in the app's folder."""
    catalog = Catalog(locale=LANGUAGE, domain="django", fuzzy=False)
    for path in sorted(_sources(app)):
        name = path.relative_to(app).as_posix()
        source = _as_python(path)
        for line, message, comments, context in extract(
            "python", BytesIO(source), keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            catalog.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalog


def update(app: Path) -> Catalog:
    """Merge the app's present texts into its catalogue on disk, keeping every translation."""
    path, fresh = po_path(app), texts(app)
    if not len(fresh) and not path.exists():
        return fresh
    merged = load(app)
    merged.update(fresh, no_fuzzy_matching=True)
    merged.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, merged, width=100, sort_output=True, no_location=True, omit_header=False)
    return merged


def load(app: Path) -> Catalog:
    """Return the app's catalogue on disk, or an empty one."""
    path = po_path(app)
    if not path.exists():
        return Catalog(locale=LANGUAGE, domain="django", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=LANGUAGE, domain="django")


def _sources(app: Path) -> Iterator[Path]:
    for path in app.rglob("*"):
        parts = set(path.relative_to(app).parts[:-1])
        if parts & {"tests", "migrations", "locale", "static", "__pycache__"}:
            continue
        if path.suffix == ".py" or (path.suffix in TEMPLATE_SUFFIXES and "templates" in parts):
            yield path


def _as_python(path: Path) -> bytes:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return source.encode()
    # What was indentation in the template would be indentation in Python.
    return "\n".join(line.strip() for line in templatize(source).splitlines()).encode()
