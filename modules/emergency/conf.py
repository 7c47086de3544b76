"""What a region decides about its centre."""

from dataclasses import dataclass, fields

from balai import context

SLUG = "emergency"


@dataclass(frozen=True, slots=True)
class Settings:
    """Seconds and metres; the defaults are those of the national 112 standard (Kominfo).

    ``handovers`` says which regions may hand incidents over to this centre: "nobody", those of
    the same "province", or "everybody"; ``centre_phone`` is what they call while they wait.
    """

    classify_seconds: int = 60
    dispatch_seconds: int = 60
    acknowledge_seconds: int = 120
    nearby_metres: int = 500
    nearby_minutes: int = 60
    prank_warning: int = 3
    prank_half_life_days: int = 30
    prank_script: str = ""
    panic_enabled: bool = True
    alerts_two_persons: bool = True
    public_figures: bool = True
    handovers: str = "nobody"
    centre_phone: str = ""


def current() -> Settings:
    """Return the active region's settings; what it never decided has the default."""
    return of(context.current_region())


def of(region: context.Region) -> Settings:
    """Return what ``region`` has decided."""
    stored = region.module_settings.get(SLUG, {})
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in stored.items() if name in known})


def card_for(region: context.Region, sender: context.Region) -> dict[str, str] | None:
    """Return what a centre tells ``sender`` about itself; None when it takes nothing from there."""
    own = of(region)
    same_province = region.code[:2] == sender.code[:2]
    if own.handovers == "everybody" or (own.handovers == "province" and same_province):
        return {"phone": own.centre_phone}
    return None
