"""Which region the running code works for; unset means nobody, and nothing may be read."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

EMPTY: Final[Mapping[str, Any]] = MappingProxyType({})
SHARED_SCHEMA: Final = "shared"


class NoRegionError(RuntimeError):
    """Raised when code asks for a region's data and no region is active."""


@dataclass(frozen=True, slots=True)
class Region:
    """What a request or a job needs to know of its region, without a query.

    ``role`` is the database role that may read the region's schema and no other;
    ``code`` is the Kemendagri code as text ("36.71"); ``host`` is the primary host name
    with the port, if any; ``timezone`` is an IANA name; ``banners_until`` is when the last of
    its banners ends (None: there are none), see :mod:`balai.modules.banners`;
    ``sandbox_until`` is when a trial ends.
    """

    id: int
    slug: str
    schema: str
    role: str
    name: str
    code: str
    kind: str
    timezone: str
    state: str
    host: str
    active_modules: frozenset[str] = frozenset()
    brand: Mapping[str, Any] = field(default_factory=lambda: EMPTY, hash=False)
    words: Mapping[str, str] = field(default_factory=lambda: EMPTY, hash=False)
    module_settings: Mapping[str, Mapping[str, Any]] = field(
        default_factory=lambda: EMPTY, hash=False
    )
    module_labels: Mapping[str, str] = field(default_factory=lambda: EMPTY, hash=False)
    module_order: tuple[str, ...] = ()
    banners_until: datetime | None = None
    banners_version: str = ""
    sandbox_until: datetime | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The region's own time zone (WIB, WITA or WIT)."""
        return ZoneInfo(self.timezone)

    @property
    def base_url(self) -> str:
        """The region's address without a trailing slash, "https://tangerang.balai.id"."""
        from django.conf import settings

        return f"{settings.PUBLIC_SCHEME}://{self.host}"


@dataclass(frozen=True, slots=True)
class Platform:
    """The public site and its operators: the shared schema, no region."""

    schema: str = SHARED_SCHEMA


PLATFORM: Final = Platform()
Context = Region | Platform
_current: ContextVar[Context | None] = ContextVar("balai_context", default=None)


def current() -> Context | None:
    """Return the active region, the platform, or None when nothing is set."""
    return _current.get()


def current_region() -> Region:
    """Return the active region.

    Raises:
        NoRegionError: outside a region, also on the platform.
    """
    context = _current.get()
    if not isinstance(context, Region):
        raise NoRegionError("no region is active here")
    return context


def region_or_none() -> Region | None:
    """Return the active region, or None on the platform and outside any context."""
    context = _current.get()
    return context if isinstance(context, Region) else None


def activate(context: Context | None) -> Token[Context | None]:
    """Set the context and return the token that :func:`deactivate` needs."""
    return _current.set(context)


def deactivate(token: Token[Context | None]) -> None:
    """Put back what was active before ``activate``."""
    _current.reset(token)


@contextmanager
def region_context(region: Region) -> Iterator[Region]:
    """Run a block for ``region``; what was active before comes back, also after an error."""
    token = activate(region)
    try:
        yield region
    finally:
        deactivate(token)


@contextmanager
def platform() -> Iterator[None]:
    """Run a block for the platform itself (shared schema)."""
    token = activate(PLATFORM)
    try:
        yield
    finally:
        deactivate(token)


def schema() -> str:
    """Return the active schema's name.

    Raises:
        NoRegionError: when neither a region nor the platform is active.
    """
    context = _current.get()
    if context is None:
        raise NoRegionError("neither a region nor the platform is active")
    return context.schema


def namespaced(key: str) -> str:
    """Return ``key`` prefixed with the active schema, for caches, topics and storage paths.

    Raises:
        NoRegionError: when nothing is active, so that no key is ever shared by accident.
    """
    return f"{schema()}:{key}"
