"""The steps of an opening, in order. Each is idempotent and runs in one transaction."""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, gettext_noop

from balai import audit
from balai.context import region_context
from balai.modules import registry
from balai.modules.manifest import Module
from provisioning.billing import accounts, changing
from provisioning.lifecycle.moves import move
from provisioning.models import Opening, Plan, Step as StepRow
from provisioning.opening import birth, content, made, welcome
from tenants.states import State

Detail = dict[str, Any]
SCHEMA: Final = "schema"
MODULE: Final = "module:"
OPENING: Final = gettext_noop("opening")
OPENED: Final = gettext_noop("The region was opened.")


def names_for(opening: Opening) -> list[str]:
    """Return the names of the steps that open a region with this deployment's modules."""
    modules = [f"{MODULE}{module.slug}" for module in _with_presets()]
    ordered = ["plan"] if opening.plan not in ("", accounts.FIRST_PLAN) else []
    return [
        SCHEMA, "areas", "agencies", "holidays", *modules, "brand", "ready", *ordered, "welcome",
    ]  # fmt: skip


def label(name: str) -> str | Promise:
    """Return what the wizard calls a step."""
    if name.startswith(MODULE):
        module = registry.get(name.removeprefix(MODULE))
        return _("Contents of %(module)s") % {"module": module.verbose_name if module else name}
    return LABELS[name]


def run(name: str, opening: Opening) -> Detail:
    """Run a step inside the caller's transaction and return figures worth showing.

    All but the first run inside the new region, with its own database role.
    """
    if name == SCHEMA:
        opening.region = birth.give_birth(opening)
        opening.save(update_fields=["region"])
        return {}
    if name in PLATFORM_STEPS:
        return PLATFORM_STEPS[name](opening)
    with region_context(made.region_of(opening)):
        if name.startswith(MODULE):
            return content.load_module(name.removeprefix(MODULE), opening.preset)
        return REGION_STEPS[name](opening)


def figures(step: StepRow) -> str:
    """Return what a finished step loaded, in words: "13 kecamatan, 104 villages"."""
    detail = step.detail
    if step.name == "areas" and "districts" in detail:
        areas = _("%(districts)d kecamatan, %(villages)d kelurahan and desa")
        return str(areas % detail)
    for key, text in FIGURES.items():
        if key in detail:
            return str(text % {"n": detail[key]})
    return ""


def explain(error: Exception) -> str:
    """Return an error for the wizard: our own words where we have some, else its kind."""
    if isinstance(error, birth.TakenError):
        return str(_("Somebody else has opened this region or taken this address."))
    if isinstance(error, made.GoneError):
        return str(_("The region has been removed."))
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return f"{type(error).__name__}: {error}"[:500]


def _ready(opening: Opening) -> Detail:
    region = made.row_of(opening)
    if region.state == State.BUILDING:
        move(region, State.SANDBOX, by=OPENING, why=OPENED)
        region.sandbox_until = timezone.now() + birth.sandbox_length()
        region.save(update_fields=["sandbox_until"])
        audit.record(
            action="region.opened",
            target=region.schema_name,
            after={"code": region.code, "slug": region.slug, "preset": opening.preset},
        )
    return {}


def _order_plan(opening: Opening) -> Detail:
    """Order what was chosen, as the console would; the site is open whatever becomes of it.

    An order may have waited for days until it was approved: the plan may be withdrawn by then.
    """
    region = made.region_of(opening)
    accounts.set_details(region, population=opening.population)
    try:
        changing.choose(region, Plan.objects.get(slug=opening.plan))
    except (Plan.DoesNotExist, ValidationError) as error:
        return {"refused": str(error)}
    return {"plan": opening.plan}


def _with_presets() -> list[Module]:
    return [module for module in registry.installed() if module.provides("presets")]


Step = Callable[[Opening], Detail]
FIGURES: Final[dict[str, str | Promise]] = {
    "agencies": _("%(n)d offices"),
    "days": _("%(n)d days"),
    "items": _("%(n)d entries"),
}
PLATFORM_STEPS: Final[dict[str, Step]] = {
    "ready": _ready,
    "plan": _order_plan,
    "welcome": welcome.send,
}
REGION_STEPS: Final[dict[str, Step]] = {
    "areas": content.load_areas,
    "agencies": content.load_agencies,
    "holidays": content.load_holidays,
    "brand": content.choose_brand,
}
LABELS: Final[dict[str, str | Promise]] = {
    SCHEMA: _("Data room and keys"),
    "areas": _("Kecamatan, kelurahan and desa"),
    "agencies": _("Agencies"),
    "holidays": _("Public holidays"),
    "brand": _("Colours and brand"),
    "ready": _("Site switched on"),
    "plan": _("Plan ordered"),
    "welcome": _("Mail to the first admin"),
}
