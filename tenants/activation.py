"""A region's modules: which are on, and the one way to switch, name, order and set them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from balai import audit, context, outbox
from balai.modules import registry
from balai.modules.manifest import Module
from tenants import directory, refusals
from tenants.models import ModuleSwitch, Region

LAST = 1000


def active_slugs() -> frozenset[str]:
    """Return the modules of the current region that are on; none outside a region."""
    region = context.region_or_none()
    return region.active_modules if region else frozenset()


@transaction.atomic
def switch(
    region: context.Region,
    slug: str,
    enabled: bool,
    *,
    cascade: bool = False,
    reason: str = "",
) -> bool:
    """Switch a module on or off for ``region``; every process knows when this commits.

    Data is never touched. Switching to where it stands already changes and records nothing.

    Args:
        cascade: switch on what it requires as well, or off what requires it.
        reason: what the actor wrote to explain it; kept in the audit log.

    Returns:
        Whether anything changed.

    Raises:
        UnknownModuleError: when no such module is installed.
        NotInPlanError: when the region's plan does not allow it.
        RequirementError: when others must be switched first and ``cascade`` is False.
    """
    module = _module(slug)
    with _locked(region) as rows:
        row = _row(rows, region, slug)
        if row.enabled == enabled:
            return False
        if enabled and not row.allowed:
            raise refusals.NotInPlanError(module)
        others = _missing(module, rows) if enabled else _dependents(module, rows)
        if others and not cascade:
            raise refusals.RequirementError(module, others, enabled=enabled)
    for other in others:
        switch(region, other.slug, enabled, cascade=True, reason=reason)
    with context.platform():
        row.enabled = enabled
        row.save()
    _announce(region, module, enabled=enabled, reason=reason)
    return True


def _announce(region: context.Region, module: Module, *, enabled: bool, reason: str) -> None:
    # The hook and the event see the region as it is from now on.
    fresh = directory.by_schema(region.schema)
    with context.crossing(), context.region_context(fresh or region):
        (module.activated if enabled else module.deactivated)()
        outbox.publish("module.switched", key=module.slug, enabled=enabled)
        audit.record(
            action="module.switched",
            target=module.slug,
            before={"enabled": not enabled},
            after={"enabled": enabled},
            reason=reason,
        )


@transaction.atomic
def allow(region: context.Region, slugs: Collection[str], *, reason: str = "") -> list[str]:
    """Set what the region's plan entitles it to; others go dark but keep data and settings.

    Essential modules (112, complaints) are always allowed. One
    that the admin has on goes off and comes back with the hook, the event and the audit entry
    of a switch.

    Args:
        reason: kept in the audit log, such as the plan's name.

    Returns:
        The slugs that went dark.
    """
    dark: list[Module] = []
    lit: list[Module] = []
    with _locked(region) as rows:
        for module in registry.installed():
            row = _row(rows, region, module.slug)
            allowed = module.slug in slugs or module.is_vital
            if row.allowed == allowed:
                continue
            row.allowed = allowed
            row.save()
            if row.enabled:
                (lit if allowed else dark).append(module)
    for module in (*dark, *lit):
        _announce(region, module, enabled=module in lit, reason=reason)
    return [module.slug for module in dark]


def set_label(region: context.Region, slug: str, label: str) -> None:
    """Give a module the region's own name ("Matur Bupati"); "" brings back the usual one."""
    _change(region, slug, "renamed", label=label.strip())


def set_position(region: context.Region, slug: str, position: int) -> None:
    """Move a module to ``position`` (0 is first) among the region's modules."""
    with transaction.atomic():
        with _locked(region) as rows:
            order = [item for item in ordered_slugs(rows.values()) if item != slug]
            order.insert(max(0, position), _module(slug).slug)
            for place, item in enumerate(order):
                row = _row(rows, region, item)
                if row.position != place or row.pk is None:
                    row.position = place
                    row.save()
        _record(region, slug, "moved", {}, {"position": position})


def set_settings(region: context.Region, slug: str, values: Mapping[str, Any]) -> None:
    """Store what the module's settings form collected (JSON values)."""
    _change(region, slug, "configured", settings=dict(values))


def ordered_slugs(rows: Collection[ModuleSwitch]) -> list[str]:
    """Return all installed modules in the region's order; new ones come last."""
    places = {row.slug: row.position for row in rows}
    slugs = [module.slug for module in registry.installed()]
    return sorted(slugs, key=lambda slug: places.get(slug, LAST))


def _change(region: context.Region, slug: str, what: str, **values: Any) -> None:
    with transaction.atomic():
        with _locked(region) as rows:
            row = _row(rows, region, _module(slug).slug)
            before = {name: getattr(row, name) for name in values}
            if before == values:
                return
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        _record(region, slug, what, before, values)


def _record(
    region: context.Region, slug: str, what: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    with context.crossing(), context.region_context(region):
        audit.record(action=f"module.{what}", target=slug, before=before, after=after)


@contextmanager
def _locked(region: context.Region) -> Iterator[dict[str, ModuleSwitch]]:
    """Yield the region's switches by slug, on the platform, while nobody else changes them."""
    with context.platform():
        Region.objects.select_for_update().get(pk=region.id)
        yield {row.slug: row for row in ModuleSwitch.objects.filter(region_id=region.id)}


def _row(rows: dict[str, ModuleSwitch], region: context.Region, slug: str) -> ModuleSwitch:
    # A module that came with a release has no row in older regions: off, and allowed.
    return rows.get(slug) or ModuleSwitch(region_id=region.id, slug=slug, position=LAST)


def _module(slug: str) -> Module:
    module = registry.get(slug)
    if module is None:
        raise refusals.UnknownModuleError(slug)
    return module


def _is_on(rows: dict[str, ModuleSwitch], slug: str) -> bool:
    row = rows.get(slug)
    return row is not None and row.enabled and row.allowed


def _missing(module: Module, rows: dict[str, ModuleSwitch]) -> Sequence[Module]:
    return [_module(slug) for slug in module.requires if not _is_on(rows, slug)]


def _dependents(module: Module, rows: dict[str, ModuleSwitch]) -> Sequence[Module]:
    return [
        other
        for other in registry.installed()
        if module.slug in other.requires and _is_on(rows, other.slug)
    ]
