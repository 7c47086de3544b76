"""Cover faces and plates in a photo, so that nobody can bring them back.

A box is averaged down to at most four cells on its longer side, each cell's colour is rounded, and
the cells are blurred: what is left cannot be matched against candidates, as fine mosaics can
(Hill et al., "On the (in)effectiveness of mosaicing and blurring", 2016). All sizes of the photo
are made anew from the covered picture. The original is kept apart, for coordinators only.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageFilter

from balai import audit, files
from balai.files.models import StoredFile
from balai.files.services import remove_bytes
from balai.files.variants import VARIANTS
from modules.complaints.models import Complaint, Photo
from modules.complaints.services.moving import announce, locked, require
from modules.complaints.services.photos import PURPOSE
from modules.complaints.workflow import VERIFY, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

CELLS: Final = 4
EDGE: Final = 0.08
"""How much wider than drawn a box is covered, as a share of its own sides."""
STEP: Final = 32
MAX_BOXES: Final = 12


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a photo; all four are shares, 0 to 1, of the photo's width or height."""

    left: float
    top: float
    width: float
    height: float


@transaction.atomic
def cover(*, photo: Photo, boxes: Sequence[Box], by: "User") -> Photo:
    """Cover parts of a photo. A photo that was covered before gets further boxes.

    Raises:
        NotAllowed: without a box, or when the photo's file is missing.
        PermissionDenied: when ``by`` may not verify the report.
        UploadRejected: when the covered picture could not be stored; nothing has changed then.
    """
    current, report = _locked(photo, by)
    if not boxes:
        raise NotAllowed(_("Draw at least one box."))
    old = current.file
    data = covered(_read(old), boxes[:MAX_BOXES])
    current.file = files.store_photo(
        ContentFile(data, name=old.name), owner=str(report.uuid), purpose=PURPOSE
    )
    if current.original_id is None:
        current.original = old
    current.save(update_fields=["file", "original"])
    if current.original_id != old.pk:
        _forget(old)
    announce("complaints.photo_covered", report)
    audit.record(
        action="complaints.photo_covered", target=report.number,
        after={"photo": current.pk, "boxes": len(boxes)},
    )  # fmt: skip
    return current


@transaction.atomic
def uncover(*, photo: Photo, by: "User") -> Photo:
    """Put the original back, as long as nobody but officers has seen the photo.

    Raises:
        NotAllowed: when the photo is public already, or not covered.
        PermissionDenied: when ``by`` may not verify the report.
    """
    current, report = _locked(photo, by)
    if current.original is None:
        raise NotAllowed(_("The photo is not covered."))
    if current.approved_at is not None:
        raise NotAllowed(_("The photo is public: what was covered stays covered."))
    old, current.file, current.original = current.file, current.original, None
    current.save(update_fields=["file", "original"])
    _forget(old)
    audit.record(
        action="complaints.photo_uncovered", target=report.number, after={"photo": current.pk}
    )
    return current


def covered(data: bytes, boxes: Sequence[Box]) -> bytes:
    """Return the picture in ``data`` as JPEG with every box covered."""
    with Image.open(io.BytesIO(data), formats=[VARIANTS["large"].format]) as image:
        picture = image.convert("RGB")
    for box in boxes:
        _cover(picture, box)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()


def _cover(picture: Image.Image, box: Box) -> None:
    area = _pixels(picture, box)
    wide, high = area[2] - area[0], area[3] - area[1]
    cell = max(wide, high) / CELLS
    grid = (max(1, round(wide / cell)), max(1, round(high / cell)))
    coarse = picture.crop(area).resize(grid, Image.Resampling.BOX)
    rounded = coarse.point(lambda value: min(255, round(value / STEP) * STEP))
    cells = rounded.resize((wide, high), Image.Resampling.NEAREST)
    picture.paste(cells.filter(ImageFilter.GaussianBlur(cell / 3)), area)


def _pixels(picture: Image.Image, box: Box) -> tuple[int, int, int, int]:
    """Return the box with its edge in pixels, inside the picture, at least one pixel large."""
    wide, high = picture.size
    left = max(0, int((box.left - box.width * EDGE) * wide))
    top = max(0, int((box.top - box.height * EDGE) * high))
    right = min(wide, max(left + 1, round((box.left + box.width * (1 + EDGE)) * wide)))
    bottom = min(high, max(top + 1, round((box.top + box.height * (1 + EDGE)) * high)))
    return min(left, wide - 1), min(top, high - 1), right, bottom


def _locked(photo: Photo, by: "User") -> tuple[Photo, Complaint]:
    """Return photo and report as they are now, kept for this transaction."""
    report = locked(photo.complaint)
    require(by, VERIFY, report)
    return Photo.objects.select_related("file", "original").get(pk=photo.pk), report


def _read(file: StoredFile) -> bytes:
    try:
        with default_storage.open(VARIANTS["large"].path(file.purpose, file.uuid)) as stored:
            return bytes(stored.read())
    except FileNotFoundError as error:
        raise NotAllowed(_("The file of this photo is missing. Tell the site's admin.")) from error


def _forget(file: StoredFile) -> None:
    """Delete a picture's row now and its bytes when that is certain."""
    purpose, name = file.purpose, file.uuid
    file.delete()
    transaction.on_commit(lambda: remove_bytes(purpose, name))
