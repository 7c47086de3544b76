"""Reading the directory: rows of the shared schema into frozen regions."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from balai import context
from tenants import hosts
from tenants.models import Domain, ModuleSwitch, Region, RegionKey
from tenants.states import WORKING, State

# The same rule as Domain.is_trusted.
TRUSTED = Q(domains__kind="platform") | Q(domains__verified_at__isnull=False)


def region_by_host(name: str) -> context.Region | None:
    """Return the region with this normalised host name, own domains only once verified."""
    with context.platform():
        return _first(_live().filter(TRUSTED, domains__domain=name))


def region_by_schema(schema: str) -> context.Region | None:
    """Return the region that lives in ``schema``."""
    with context.platform():
        return _first(_live().filter(schema_name=schema))


def row_called(slug: str) -> Region | None:
    """Return the row of the region that is called so now; a closed one has given its name up.

    Runs on the platform.
    """
    found: Region | None = Region.objects.filter(slug=slug).exclude(state=State.CLOSED).first()
    return found


def all_regions(*, states: Collection[str] = WORKING) -> list[context.Region]:
    """Return the regions in ``states`` by name; by default those that are served or closing."""
    with context.platform():
        return [freeze(row) for row in _live().filter(state__in=states).order_by("name")]


def freeze(row: Region) -> context.Region:
    """Return ``row`` as modules and requests see it: frozen, complete, without queries.

    ``row`` must come with ``key`` joined, ``domains`` and ``switches`` prefetched, or three
    queries are made.
    """
    switches = sorted(row.switches.all(), key=lambda switch: (switch.position, switch.slug))
    trusted = [domain for domain in row.domains.all() if domain.is_trusted]
    primary = max(trusted, key=lambda domain: domain.is_primary, default=None)
    return context.Region(
        id=row.pk,
        slug=row.slug,
        schema=row.schema_name,
        role=row.role,
        name=row.name,
        code=row.code,
        kind=row.kind,
        timezone=row.timezone,
        state=row.state,
        host=hosts.with_port(primary.domain) if primary else "",
        active_modules=frozenset(item.slug for item in switches if item.enabled and item.allowed),
        brand=frozen(row.brand),
        words=frozen(row.words),
        module_settings=frozen({item.slug: item.settings for item in switches}),
        module_labels=frozen({item.slug: item.label for item in switches if item.label}),
        module_order=tuple(item.slug for item in switches),
        banners_until=row.banners_until,
        banners_version=str(row.banners_version or ""),
        wrapped_key=_wrapped_key(row),
        sandbox_until=row.sandbox_until,
        cell=row.cell_id,
        moving=row.moving_since is not None,
    )


def _wrapped_key(row: Region) -> bytes:
    try:
        return bytes(row.key.wrapped)
    except RegionKey.DoesNotExist:  # opened before regions had keys of their own, or erased
        return b""


def frozen(value: Any) -> Any:
    """Return JSON data that nobody can change by accident: it is shared by all requests."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: frozen(item) for key, item in value.items()})
    return tuple(frozen(item) for item in value) if isinstance(value, list) else value


def _live() -> QuerySet[Region]:
    rows: QuerySet[Region] = Region.objects.select_related("key").prefetch_related(
        Prefetch("domains", Domain.objects.order_by("-is_primary", "domain")),
        Prefetch("switches", ModuleSwitch.objects.order_by("position", "slug")),
    )
    return rows


def _first(rows: QuerySet[Region]) -> context.Region | None:
    row = rows.order_by("pk").first()
    return freeze(row) if row else None
