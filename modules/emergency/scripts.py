"""The questions of a category: asked on the call's form, kept under their keys, shown again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from modules.emergency.models import Category

YES_NO, NUMBER, TEXT = "yes_no", "number", "text"
KINDS: Final = (
    (YES_NO, pgettext_lazy("question", "Yes or no")),
    (NUMBER, pgettext_lazy("question", "Number")),
    (TEXT, pgettext_lazy("question", "Words")),
)
CHOICES: Final = (
    ("yes", pgettext_lazy("answer", "Yes")),
    ("no", pgettext_lazy("answer", "No")),
    ("unknown", pgettext_lazy("answer", "Not known")),
)
LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Question:
    """A question on the form; ``name`` is its input's, ``value`` what was typed there."""

    name: str
    label: str
    kind: str
    value: str = ""


def questions(category: Category, typed: Mapping[str, Any]) -> list[Question]:
    """Return a category's questions with what was typed under their names."""
    return [
        Question(
            name := name_of(category, row["key"]), _label(row), row["kind"],
            str(typed.get(name, "")),
        )
        for row in category.script
    ]  # fmt: skip


def name_of(category: Category, key: str) -> str:
    """Return the input's name: two categories may ask under the same key."""
    return f"q-{category.slug}-{key}"


def answers(category: Category, typed: Mapping[str, Any]) -> dict[str, str]:
    """Return {key: answer} of the questions that were answered; what makes no sense is left out."""
    found: dict[str, str] = {}
    for row in category.script:
        value = str(typed.get(name_of(category, row["key"]), "")).strip()[:LONGEST]
        if value and (row["kind"] != YES_NO or value in dict(CHOICES)):
            found[row["key"]] = value
    return found


def shown(category: Category, given: Mapping[str, Any]) -> Iterator[tuple[str, str | Promise]]:
    """Yield (question, answer) of an incident in the page's language.

    In the script's order; a question that was taken out of it since is named by its key.
    """
    for row in category.script:
        if row["key"] in given:
            value = given[row["key"]]
            yield _label(row), dict(CHOICES).get(value, value) if row["kind"] == YES_NO else value
    known = {row["key"] for row in category.script}
    yield from ((key, value) for key, value in given.items() if key not in known)


def _label(row: Mapping[str, str]) -> str:
    english = (get_language() or "id").startswith("en")
    return (row.get("en") if english else row.get("id")) or row.get("id", "")
