"""What a picture's file says of its making: a camera, an editor, a picture generator.

Hints, never proof: all of it can be taken off a file, and a camera may sign, too. Sources: EXIF 3.0
(Software), XMP (CreatorTool), IPTC Digital Source Type, C2PA 2.1 (JUMBF boxes labelled "c2pa").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from PIL import ExifTags, Image

LONGEST: Final = 80

EDITORS: Final = re.compile(
    r"photoshop|lightroom|gimp|snapseed|picsart|canva\b|pixlr|meitu|faceapp|remini|affinity"
    r"|paint\.net|photopea|inshot|beautyplus|facetune|capture one|acdsee|polarr",
    re.IGNORECASE,
)
GENERATORS: Final = re.compile(
    r"midjourney|dall.?e\b|openai|chatgpt|gpt-image|stable.?diffusion|sdxl|comfyui|automatic1111"
    r"|invokeai|novelai|firefly|google ai|\bimagen\b|gemini|bing image creator|\bflux\b"
    r"|leonardo\.ai|ideogram|\bgrok\b|seedream|nano.?banana",
    re.IGNORECASE,
)
CREATOR_TOOL: Final = re.compile(rb"CreatorTool(?:>|=[\"'])([^<\"']{1,80})")
SOURCE_TYPE: Final = re.compile(rb"digitalsourcetype/([A-Za-z]{4,60})")
MADE_UP: Final = frozenset(
    {
        "trainedAlgorithmicMedia",
        "compositeWithTrainedAlgorithmicMedia",
        "algorithmicMedia",
        "compositeSynthetic",
        "virtualRecording",
    }
)
CAPTURED: Final = frozenset({"digitalCapture", "computationalCapture"})
PROMPTS: Final = ("parameters", "prompt", "workflow", "sd-metadata", "invokeai_metadata", "Dream")
"""Text chunks in which picture generators keep what they were asked for."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Hints in a file, before they are dropped with the rest of its metadata.

    ``software`` is what names itself as its maker, ``generated`` that it says to be made up,
    ``credentials`` that C2PA content credentials lie inside, ``captured`` that they or its
    XMP call it a camera's capture.
    """

    software: str = ""
    generated: bool = False
    credentials: bool = False
    captured: bool = False

    @property
    def hint(self) -> str:
        """Return "generator", "editor", "credentials" or "" where nothing is to be seen.

        Credentials that call the picture a capture are a camera's own signature, no hint.
        """
        if self.generated or GENERATORS.search(self.software):
            return "generator"
        if EDITORS.search(self.software):
            return "editor"
        return "credentials" if self.credentials and not self.captured else ""


def read_origin(image: Image.Image, data: bytes) -> Origin:
    """Return what the file ``data``, opened and loaded as ``image``, says of its making."""
    try:
        names = [name for name in _names(image, data) if name]
        sources = {found.decode() for found in SOURCE_TYPE.findall(data)}
        prompted = any(key in image.info for key in PROMPTS)
    except Exception:  # a broken block is no reason to refuse a picture
        return Origin()
    return Origin(
        software=", ".join(dict.fromkeys(names))[:LONGEST],
        generated=prompted or not sources.isdisjoint(MADE_UP),
        credentials=b"jumb" in data and b"c2pa" in data,
        captured=not sources.isdisjoint(CAPTURED),
    )


def _names(image: Image.Image, data: bytes) -> Iterator[str]:
    exif = image.getexif()
    for tag in (ExifTags.Base.Software, ExifTags.Base.ProcessingSoftware):
        yield _clean(exif.get(tag, ""))
    for tool in CREATOR_TOOL.findall(data):
        yield _clean(tool)
    for key in ("Software", "comment", "Comment"):
        found = _clean(image.info.get(key, ""))
        # A comment is somebody's words: only what names a known program is of use.
        if key == "Software" or EDITORS.search(found) or GENERATORS.search(found):
            yield found


def _clean(told: Any) -> str:
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
    return " ".join(text.replace("\0", " ").split())[:LONGEST]
