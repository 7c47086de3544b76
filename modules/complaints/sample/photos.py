"""Drawn scenes that stand for photographs in sample reports."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from PIL import Image, ImageDraw

from balai.files.services import delete
from modules.complaints.models import Complaint, Photo

SIZE = (800, 600)
NIGHT, DUSK, DAY = "#1f2a44", "#24304f", "#cfe0e4"


def draw(scene: str, *, mended: bool) -> SimpleUploadedFile:
    """Return a drawing of a scene, before or after its repair, as an uploaded JPEG."""
    image = Image.new("RGB", SIZE, DAY)
    SCENES.get(scene, _street)(ImageDraw.Draw(image), mended)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return SimpleUploadedFile("contoh.jpg", buffer.getvalue(), content_type="image/jpeg")


def remove(reports: QuerySet[Complaint]) -> None:
    """Delete the photos of some reports with their files."""
    rows = Photo.objects.filter(complaint__in=reports).select_related("file")
    files = [photo.file for photo in rows]
    rows.delete()
    for file in files:
        delete(file)


def _ground(pen: ImageDraw.ImageDraw, sky: str, road: str) -> None:
    pen.rectangle((0, 0, *SIZE), fill=sky)
    pen.rectangle((0, 430, 800, 600), fill=road)
    for left in range(40, 800, 210):
        pen.rectangle((left, 510, left + 110, 520), fill="#d8d4c8")


def _houses(pen: ImageDraw.ImageDraw, wall: str) -> None:
    for left, top, wide in ((0, 330, 150), (170, 220, 130), (320, 280, 110), (560, 200, 150)):
        pen.rectangle((left, top, left + wide, 430), fill=wall)


def _street(pen: ImageDraw.ImageDraw, mended: bool) -> None:
    _ground(pen, DAY, "#75767a")
    _houses(pen, "#b9a98c")
    if mended:
        pen.rectangle((0, 405, 800, 430), fill="#9aa0a6")


def _lamp(pen: ImageDraw.ImageDraw, mended: bool) -> None:
    _ground(pen, DUSK if mended else NIGHT, "#3a3d47")
    _houses(pen, "#1a2136" if mended else "#131a2c")
    if mended:
        pen.polygon(((470, 170), (320, 560), (680, 560), (530, 170)), fill="#8c7b4a")
        pen.ellipse((310, 530, 690, 590), fill="#e8d38c")
    pen.rectangle((592, 130, 606, 560), fill="#c9ccd4")
    pen.rectangle((500, 118, 606, 130), fill="#c9ccd4")
    pen.polygon(
        ((462, 110), (540, 110), (526, 160), (476, 160)), fill="#fff3c4" if mended else "#7d828f"
    )


def _road(pen: ImageDraw.ImageDraw, mended: bool) -> None:
    _ground(pen, DAY, "#75767a")
    pen.rectangle((0, 260, 800, 430), fill="#75767a")
    if mended:
        pen.rectangle((230, 380, 620, 560), fill="#55565a")
        return
    pen.ellipse((230, 380, 610, 510), fill="#3c3b3a")
    pen.ellipse((300, 420, 560, 490), fill="#6d8f99")


def _trash(pen: ImageDraw.ImageDraw, mended: bool) -> None:
    _street(pen, mended=False)
    if mended:
        pen.rectangle((330, 330, 450, 470), fill="#3c7a4a")
        return
    colours = ("#3b3f46", "#55606b", "#7a4b3a", "#2f5d62", "#8c8f94")
    for at in range(14):
        left, top = 220 + (at * 67) % 330, 330 + (at * 41) % 130
        pen.ellipse((left, top, left + 110, top + 90), fill=colours[at % 5])


def _flood(pen: ImageDraw.ImageDraw, mended: bool) -> None:
    _street(pen, mended)
    if mended:
        return
    pen.rectangle((0, 390, 800, 600), fill="#8a7a5c")
    for top in range(420, 600, 45):
        for left in range(-20, 800, 160):
            pen.arc((left, top, left + 120, top + 30), 180, 360, fill="#b9ab8c", width=5)


def _tree(pen: ImageDraw.ImageDraw, mended: bool) -> None:
    _street(pen, mended=False)
    if mended:
        pen.rectangle((360, 400, 420, 450), fill="#8a6a45")
        return
    pen.line(((380, 450), (520, 210)), fill="#6b4e2e", width=34)
    for left, top in ((440, 90), (520, 130), (400, 150), (560, 60)):
        pen.ellipse((left, top, left + 190, top + 150), fill="#3f6f3a")


SCENES = {
    "lamp": _lamp, "road": _road, "trash": _trash, "flood": _flood, "tree": _tree,
    "street": _street,
}  # fmt: skip
