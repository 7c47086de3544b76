"""Colour arithmetic: sRGB, OKLCH, and the contrast of WCAG 2.2 (1.4.3)."""

import math
import re
from dataclasses import dataclass

HEX = re.compile(r"#[0-9a-f]{6}\Z")
Triple = tuple[float, float, float]


class ColourError(ValueError):
    """Raised for text that is not a colour like "#00687a"."""


@dataclass(frozen=True, slots=True)
class Lch:
    """A colour by lightness (0 to 1), chroma (0 to about 0.37) and hue (radians), in OKLCH."""

    lightness: float
    chroma: float
    hue: float


def parse(text: str) -> str:
    """Return a colour as "#rrggbb" in lower case.

    Raises:
        ColourError: for anything but three or six hexadecimal digits after a "#".
    """
    value = text.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        value = "#" + "".join(digit * 2 for digit in value[1:])
    if not HEX.match(value):
        raise ColourError(text)
    return value


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 (equal) to 21 (black on white)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return relative luminance, 0 to 1 (WCAG 2.2, glossary)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def to_lch(colour: str) -> Lch:
    """Return the colour in OKLCH (Björn Ottosson, 2020)."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    mid = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * mid - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * mid + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * mid - 0.8086757660 * short
    return Lch(lightness, math.hypot(a, b), math.atan2(b, a))


def from_lch(colour: Lch) -> str:
    """Return the nearest "#rrggbb"; chroma is lowered until the colour exists on a screen."""
    low, high = 0.0, colour.chroma
    if _fits(_rgb(colour)):
        low = high
    for _ in range(18):
        middle = (low + high) / 2
        if _fits(_rgb(Lch(colour.lightness, middle, colour.hue))):
            low = middle
        else:
            high = middle
    return _hex(_rgb(Lch(colour.lightness, low, colour.hue)))


def shifted(colour: str, *, lightness: float, chroma: float | None = None) -> str:
    """Return the same hue at another lightness (and chroma, if given)."""
    lch = to_lch(colour)
    return from_lch(Lch(lightness, lch.chroma if chroma is None else chroma, lch.hue))


def _rgb(colour: Lch) -> Triple:
    a, b = colour.chroma * math.cos(colour.hue), colour.chroma * math.sin(colour.hue)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    mid = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * mid + 1.7076147010 * short,
    )


def _fits(rgb: Triple) -> bool:
    return all(-0.0005 <= part <= 1.0005 for part in rgb)


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (_to_linear(red), _to_linear(green), _to_linear(blue))


def _to_linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _hex(rgb: Triple) -> str:
    return "#" + "".join(f"{round(255 * _from_linear(part)):02x}" for part in rgb)


def _from_linear(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)
