"""One line of the modules page: what the module is, how it stands, what switching it means."""

from contextlib import suppress
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from balai import context
from balai.modules import registry
from balai.modules.manifest import Module, type_str
from tenants.activation import ordered_slugs
from tenants.models import ModuleSwitch


@dataclass(frozen=True, slots=True)
class Row:
    """A module as the region's admin sees it. ``url`` leads to its settings, if it has any."""

    module: Module
    name: type_str
    label: str
    position: int
    enabled: bool
    allowed: bool
    url: str
    first: bool
    last: bool

    @property
    def on(self) -> bool:
        """Whether citizens and officers see it."""
        return self.enabled and self.allowed


def rows(region: context.Region) -> list[Row]:
    """Return a line for every installed module, in the region's order, read now."""
    with context.platform():
        switches = {row.slug: row for row in ModuleSwitch.objects.filter(region_id=region.id)}
    order = ordered_slugs(switches.values())
    return [
        _row(slug, place, len(order), switches.get(slug) or ModuleSwitch(slug=slug))
        for place, slug in enumerate(order)
    ]


def settings_url(module: Module) -> str:
    """Return where the module's settings are: its own console page, else its form's page."""
    if module.provides("urls_console"):
        with suppress(NoReverseMatch):
            return reverse(f"{module.slug}_console:index")
    return reverse("tenants_console:settings", args=[module.slug]) if module.settings_form else ""


def _row(slug: str, place: int, count: int, switch: ModuleSwitch) -> Row:
    module = registry.get(slug)
    assert module is not None  # noqa: S101  # ordered_slugs names installed modules only
    on = switch.enabled and switch.allowed
    return Row(
        module=module,
        name=switch.label or module.verbose_name,
        label=switch.label,
        position=place,
        enabled=switch.enabled,
        allowed=switch.allowed,
        url=settings_url(module) if on or not module.provides("urls_console") else "",
        first=place == 0,
        last=place == count - 1,
    )
