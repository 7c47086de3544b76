"""One of everything that an address of ours names (I-01)."""

from dataclasses import replace
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from balai import context
from themes.brand import spec_of
from themes.services import save_brand

CANARY = "KANARI-TANGERANG"


def exhibits() -> dict[str, dict[str, object]]:
    """Give the active region a motto and a logo of its own."""
    out = BytesIO()
    Image.new("RGB", (200, 200), "#aa2211").save(out, "PNG")
    logo = SimpleUploadedFile("logo.png", out.getvalue(), "image/png")
    spec = replace(spec_of(context.current_region()), motto=CANARY)
    return {"themes:file": {"digest": save_brand(spec=spec, logo=logo).logo}}
