"""The sizes a photo is kept in."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Variant:
    """One size: the longest side in px, and how it is encoded."""

    name: str
    side: int
    format: str
    quality: int

    @property
    def content_type(self) -> str:
        """Its media type."""
        return f"image/{self.format.lower()}"

    def path(self, purpose: str, uuid: object) -> str:
        """Return its place in the region's storage."""
        return f"{purpose}/{uuid}/{self.name}.{self.format.lower()}"


# The large one is a JPEG, because documents (PDF) carry it; WebP is a third smaller.
VARIANTS: Final = {
    variant.name: variant
    for variant in (
        Variant("large", 1600, "JPEG", 82),
        Variant("medium", 480, "WEBP", 78),
        Variant("thumb", 160, "WEBP", 70),
    )
}
