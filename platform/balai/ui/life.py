"""The bar on desk and console about the region's life: what is so, stops, stays, is to be done."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from balai import context


@dataclass(frozen=True, slots=True)
class LifeBar:
    """The words in the reader's language; ``css`` is "blue", "amber" or "red"."""

    css: str
    title: str
    stops: str
    stays: str
    todo: str


def bar() -> LifeBar | None:
    """Return what LIFE_PROVIDER says of the active region; None where there is nothing to say."""
    if context.region_or_none() is None or not settings.LIFE_PROVIDER:
        return None
    found: LifeBar | None = import_string(settings.LIFE_PROVIDER)()
    return found
