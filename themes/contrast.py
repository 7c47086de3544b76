"""What a brand must satisfy before it may be saved: WCAG 2.2 AA wherever the pages use a colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from themes import colour, surfaces

AA: Final = 4.5
NAMES: Final = {
    "primary": _("Main colour"),
    "deep": _("Band"),
    "accent": _("Accent"),
    "tint": _("Tint"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One pair of colours that meet on a page: how strong they are and must be."""

    field: str
    what: str | Promise
    ratio: float
    least: float

    @property
    def passes(self) -> bool:
        """Whether it may be saved so."""
        return self.ratio >= self.least


@dataclass(frozen=True, slots=True)
class Verdict:
    """All checks of a brand; ``suggestions`` has the nearest passing colour of each failed one."""

    checks: Sequence[Check]
    suggestions: Mapping[str, str]

    @property
    def passes(self) -> bool:
        """Whether the brand may be saved."""
        return all(check.passes for check in self.checks)

    def weakest(self, field: str) -> Check:
        """Return the check of ``field`` that is nearest to failing."""
        own = [check for check in self.checks if check.field == field]
        return min(own, key=lambda check: check.ratio / check.least)


def ink_on(background: str) -> str:
    """Return white or ink, whichever reads better on ``background``."""
    return max(("#ffffff", surfaces.INK), key=lambda ink: colour.ratio(background, ink))


def judge(colours: Mapping[str, str]) -> Verdict:
    """Check the four colours of a brand (primary, deep, accent, tint; "#rrggbb")."""
    checks = [check for field in NAMES for check in _checks(field, colours[field], colours)]
    failed = {check.field for check in checks if not check.passes}
    return Verdict(checks, {field: nearest(field, colours) for field in sorted(failed)})


def nearest(field: str, colours: Mapping[str, str]) -> str:
    """Return the passing colour of the same hue that lies closest in lightness.

    The main colour is also measured on the tint; a tint that is itself too dark is mended first.
    """
    if field != "tint" and not all(
        check.passes for check in _checks("tint", colours["tint"], colours)
    ):
        colours = {**colours, "tint": nearest("tint", colours)}
    start = colour.to_lch(colours[field]).lightness
    for distance in range(101):
        for lightness in (start - distance / 100, start + distance / 100):
            if not 0 <= lightness <= 1:
                continue
            candidate = colour.shifted(colours[field], lightness=lightness)
            if all(check.passes for check in _checks(field, candidate, colours)):
                return candidate
    raise AssertionError("black or white passes every rule")


def _checks(field: str, value: str, colours: Mapping[str, str]) -> list[Check]:
    if field == "primary":
        grounds = (
            (_("links on white"), surfaces.SURFACE),
            (_("links on paper"), surfaces.PAPER),
            (_("buttons under the pointer"), surfaces.SUNKEN),
            (_("words on the tint"), colours["tint"]),
            (_("words on the button"), ink_on(value)),
        )
        return [Check(field, what, colour.ratio(value, ground), AA) for what, ground in grounds]
    if field == "tint":
        return [
            Check(field, _("text on it"), colour.ratio(value, surfaces.INK), 7.0),
            Check(field, _("small text on it"), colour.ratio(value, surfaces.MUTED), AA),
        ]
    # Small words stand on the band over its pattern, hence more than AA there.
    least = 7.0 if field == "deep" else AA
    return [Check(field, _("words on it"), colour.ratio(value, ink_on(value)), least)]
