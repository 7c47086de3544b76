"""App icons for a region: its logo on white, or its initials on its own colours."""

from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from themes.brand import BrandSpec
from themes.contrast import ink_on

# A maskable icon may be cut to a circle of 80 % (W3C App Manifest, "safe zone").
SAFE: Final = 0.8


def png(spec: BrandSpec, *, purpose: str, size: int, logo: bytes | None) -> bytes:
    """Return a square PNG.

    Args:
        spec: whose icon it is.
        purpose: "any" (drawn as it is) or "maskable" (the system cuts its shape).
        size: side in pixels.
        logo: the logo's PNG, or None for initials.
    """
    return _png(spec.short_name, spec.deep, spec.accent, purpose, size, logo)


@lru_cache(maxsize=256)
def _png(name: str, deep: str, accent: str, purpose: str, size: int, logo: bytes | None) -> bytes:
    image = Image.new("RGBA", (size, size), "#ffffff" if logo else deep)
    if logo:
        _place_logo(image, logo, share=0.6 if purpose == "maskable" else 0.82)
    else:
        _write_initials(image, initials(name), deep, accent)
    if purpose == "any":
        image.putalpha(_rounded(size))
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def initials(name: str) -> str:
    """Return one or two capitals for a name: "Tangerang Selatan" gives "TS", "Tangerang" "T"."""
    words = [word for word in name.split() if word[:1].isalpha()]
    return "".join(word[0] for word in words[:2]).upper() or "B"


def _place_logo(image: Image.Image, logo: bytes, *, share: float) -> None:
    picture = Image.open(BytesIO(logo), formats=("PNG",)).convert("RGBA")
    side = int(image.width * share)
    scale = min(side / picture.width, side / picture.height)
    fitted = picture.resize(
        (max(1, int(picture.width * scale)), max(1, int(picture.height * scale))),
        Image.Resampling.LANCZOS,
    )
    image.alpha_composite(
        fitted, ((image.width - fitted.width) // 2, (image.height - fitted.height) // 2)
    )


def _write_initials(image: Image.Image, letters: str, deep: str, accent: str) -> None:
    draw = ImageDraw.Draw(image)
    size = image.width
    font = ImageFont.load_default(size * SAFE * (0.62 if len(letters) == 1 else 0.5))
    draw.text((size / 2, size * 0.47), letters, fill=ink_on(deep), font=font, anchor="mm")
    draw.rounded_rectangle(
        (size * 0.36, size * 0.745, size * 0.64, size * 0.785), radius=size * 0.02, fill=accent
    )


def _rounded(size: int) -> Image.Image:
    mask = Image.new("L", (size * 4, size * 4), 0)
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, size * 4 - 1, size * 4 - 1), radius=size * 0.9, fill=255
    )
    return mask.resize((size, size), Image.Resampling.LANCZOS)
