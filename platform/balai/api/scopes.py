"""What keys may be good for and what webhooks may tell of: modules say it in their manifests."""

from collections.abc import Iterator
from dataclasses import dataclass

from balai.modules import registry
from balai.modules.manifest import Module, type_str


@dataclass(frozen=True, slots=True)
class Choice:
    """A right or an event that a module offers, with the admin's words for it."""

    value: str
    label: type_str
    module: type_str


def rights() -> list[Choice]:
    """Return the rights a key can be given, of the active modules."""
    return list(_offered("api_scopes"))


def topics() -> list[Choice]:
    """Return the events a webhook can be told of, of the active modules."""
    return list(_offered("webhook_topics"))


def labels(values: list[str], offered: list[Choice]) -> list[type_str]:
    """Return the words for ``values``; one whose module is off keeps its plain name."""
    known = {choice.value: choice.label for choice in offered}
    return [known.get(value, value) for value in values]


def _offered(attribute: str) -> Iterator[Choice]:
    for module in registry.active():
        for value, label in _of(module, attribute):
            yield Choice(value, label, registry.label(module))


def _of(module: Module, attribute: str) -> Iterator[tuple[str, type_str]]:
    yield from getattr(module, attribute).items()
