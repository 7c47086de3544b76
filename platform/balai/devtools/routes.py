"""Every route of a URL configuration, found by walking the resolver."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its pattern without the leading slash, its full name and its view."""

    pattern: str
    name: str
    view: Callable[..., Any]


def routes(urlconf: str) -> Iterator[Route]:
    """Yield every route of ``urlconf``, in the resolver's own order."""
    yield from _walk(get_resolver(urlconf), "", "")


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            yield Route(pattern, f"{namespace}{entry.name or ''}", entry.callback)
