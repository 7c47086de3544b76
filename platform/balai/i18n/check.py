"""Find texts without an Indonesian translation, and translations that would break a page."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Message

from balai.i18n.extract import load, texts


def problems(app: Path) -> Iterator[str]:
    """Yield one line for each text of the app that is missing, fuzzy, empty or broken."""
    translated = load(app)
    for message in texts(app):
        if not message.id:
            continue
        found = translated.get(message.id, message.context)
        fault = _fault(found)
        if fault:
            yield f"{app.name}: {fault}: {message.id!r} ({message.locations[0][0]})"


def contradictions(apps: Iterable[Path]) -> Iterator[str]:
    """Yield one line for each text that two apps translate differently.

    Django merges all catalogues into one: the first app's words would stand on both apps' pages.
    Give one of them a context, or other English words.
    """
    first: dict[tuple[str | None, str], tuple[str, str]] = {}
    for app in apps:
        for message in load(app):
            key, words = (message.context, _first(message.id)), _first(message.string)
            known, owner = first.setdefault(key, (words, app.name))
            if message.id and words and known != words:
                yield f"{app.name}: {key[1]!r} is {words!r} here and {known!r} in {owner}"


def _first(text: str | Sequence[str] | None) -> str:
    return text if isinstance(text, str) else (text or ("",))[0]


def _fault(found: Message | None) -> str:
    if found is None:
        return "not in the catalogue"
    if found.fuzzy:
        return "fuzzy"
    strings = found.string if isinstance(found.string, tuple) else (found.string,)
    if not all(strings):
        return "not translated"
    return next((str(error) for error in found.check()), "")
