"""``balai region list|show`` and ``balai module list|on|off``."""

import json
from typing import Annotated, Any, NoReturn

import typer

from balai import context
from balai.modules import registry
from tenants import activation, refusals, selectors
from tenants.states import State

app = typer.Typer(no_args_is_help=True)
region_app = typer.Typer(help="Regions: open one, list them, look at one.", no_args_is_help=True)
module_app = typer.Typer(help="A region's modules: list and switch them.", no_args_is_help=True)
app.add_typer(region_app, name="region")
app.add_typer(module_app, name="module")

Slug = Annotated[str, typer.Argument(help="The region's address, such as tangerang.")]
ModuleSlug = Annotated[str, typer.Argument(help="The module's folder name, such as complaints.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program.")]
Cascade = Annotated[
    bool, typer.Option("--cascade", help="Switch what it needs, or what needs it, as well.")
]


@region_app.command("list")
def list_regions(as_json: AsJson = False) -> None:
    """List all regions with their state, address and number of modules."""
    regions = selectors.all_regions(states=State.values)
    if as_json:
        _print_json([_plain(region) for region in regions])
        return
    for region in regions:
        count = len(region.active_modules)
        typer.echo(f"{region.slug:24} {region.code:6} {region.state:11} {count:3}  {region.host}")


@region_app.command("show")
def show_region(slug: Slug, as_json: AsJson = False) -> None:
    """Show one region."""
    plain = _plain(_find(slug))
    if as_json:
        _print_json(plain)
        return
    for name, value in plain.items():
        typer.echo(f"{name:16} {', '.join(value) if isinstance(value, list) else value}")


@module_app.command("list")
def list_modules(slug: Slug, as_json: AsJson = False) -> None:
    """List the modules of a region and whether they are on."""
    region = _find(slug)
    with context.region_context(region):
        found = [
            {
                "slug": module.slug,
                "name": str(registry.label(module)),
                "on": module.slug in region.active_modules,
                "requires": list(module.requires),
            }
            for module in registry.installed()
        ]
    if as_json:
        _print_json(found)
        return
    for row in found:
        typer.echo(f"{row['slug']:16} {'on' if row['on'] else 'off':4} {row['name']}")


@module_app.command("on")
def switch_on(slug: Slug, module: ModuleSlug, cascade: Cascade = False) -> None:
    """Switch a module on."""
    _switch(slug, module, enabled=True, cascade=cascade)


@module_app.command("off")
def switch_off(slug: Slug, module: ModuleSlug, cascade: Cascade = False) -> None:
    """Switch a module off; its data stays."""
    _switch(slug, module, enabled=False, cascade=cascade)


def _switch(slug: str, module: str, *, enabled: bool, cascade: bool) -> None:
    region = _find(slug)
    try:
        changed = activation.switch(region, module, enabled, cascade=cascade)
    except refusals.RequirementError as refusal:
        _fail(f"{refusal} Add --cascade to switch all of them.")
    except refusals.SwitchRefusedError as refusal:
        _fail(str(refusal))
    else:
        word = "on" if enabled else "off"
        typer.echo(f"{module} is {word}." if changed else f"{module} was {word} already.")


def _find(slug: str) -> context.Region:
    found = [item for item in selectors.all_regions(states=State.values) if item.slug == slug]
    live = [item for item in found if item.state != State.CLOSED] or found
    if not live:
        _fail(f"There is no region called {slug}.")
    return live[0]


def _plain(region: context.Region) -> dict[str, Any]:
    names = ("slug", "code", "name", "kind", "state", "timezone", "schema", "role", "host")
    plain: dict[str, Any] = {name: getattr(region, name) for name in names}
    plain["url"] = region.base_url if region.host else ""
    plain["modules"] = [slug for slug in region.module_order if slug in region.active_modules]
    return plain


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)
