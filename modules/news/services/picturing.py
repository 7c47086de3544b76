"""Pictures of an article: made anew, never without words for who cannot see them."""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.files.photos import MAX_BYTES, process
from modules.news import variants, workflow
from modules.news.models import Article, Picture
from modules.news.services import storing
from modules.news.services.writing import locked
from modules.news.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

MOST = 12


@transaction.atomic
def add_picture(
    *,
    article: Article,
    upload: Any,
    alt: str,
    caption: str = "",
    credit: str = "",
    by: "User | None",
    now: datetime | None = None,
) -> Picture:
    """Keep a picture with an article, behind those it has.

    Args:
        upload: a file of at most 10 MB: JPEG, PNG, WebP, HEIC if installed.
        alt: what it shows, for who cannot see it (WCAG 2.2, 1.1.1).
        by: who adds it; None for samples.

    Raises:
        UploadRejected: for a file that is no picture.
        NotAllowed: without ``alt``, with too many pictures, or when it may not be changed.
    """
    current = _open(article, by, now)
    if not alt.strip():
        raise NotAllowed(_("Say what the picture shows."))
    if current.pictures.count() >= MOST:
        raise NotAllowed(_("The article has as many pictures as it can hold."))
    name, made = _store(upload)
    last = current.pictures.order_by("-place").values_list("place", flat=True).first()
    picture = Picture.objects.create(
        uuid=name, article=current, alt=alt.strip(), caption=caption.strip(),
        credit=credit.strip(), width=made.width, height=made.height, widths=made.widths,
        place=0 if last is None else last + 1,
    )  # fmt: skip
    _touch(current, by, now)
    audit.record(action="news.picture_added", target=str(current.uuid))
    return picture


@transaction.atomic
def change_picture(
    *,
    picture: Picture,
    alt: str,
    caption: str = "",
    credit: str = "",
    cover: bool = False,
    by: "User",
    now: datetime | None = None,
) -> Picture:
    """Change a picture's words; ``cover`` puts it before the others.

    Raises:
        NotAllowed: without ``alt``, or when the article may not be changed.
    """
    current = _open(picture.article, by, now)
    if not alt.strip():
        raise NotAllowed(_("Say what the picture shows."))
    picture.alt, picture.caption, picture.credit = alt.strip(), caption.strip(), credit.strip()
    if cover:
        others = current.pictures.exclude(pk=picture.pk)
        for place, other in enumerate(others, 1):
            Picture.objects.filter(pk=other.pk).update(place=place)
        picture.place = 0
    picture.save(update_fields=["alt", "caption", "credit", "place"])
    _touch(current, by, now)
    audit.record(action="news.picture_changed", target=str(current.uuid))
    return picture


@transaction.atomic
def remove_picture(*, picture: Picture, by: "User", now: datetime | None = None) -> None:
    """Take a picture away for good; its bytes go once that is committed. Raises NotAllowed."""
    current = _open(picture.article, by, now)
    uuid = picture.uuid
    picture.delete()
    transaction.on_commit(lambda: forget(uuid))
    _touch(current, by, now)
    audit.record(action="news.picture_removed", target=str(current.uuid))


def forget(uuid: object) -> None:
    """Delete a picture's bytes; what is gone already is no error."""
    folder = f"news/{uuid}"
    _folders, names = default_storage.listdir(folder)
    for name in names:
        default_storage.delete(f"{folder}/{name}")
    with suppress(OSError):  # a bucket has no folders
        default_storage.delete(folder)


def _store(upload: Any) -> tuple[UUID, variants.Made]:
    """Make a picture anew and write its sizes; return its name. Raises UploadRejected."""
    name = uuid4()
    made: list[variants.Made] = []
    process(upload.read(MAX_BYTES + 1), lambda seen, _origin: made.append(variants.make(seen)))
    for (width, kind), data in made[0].files.items():
        storing.write(variants.path(name, width, kind), data)
    return name, made[0]


def _touch(article: Article, by: "User | None", now: datetime | None) -> None:
    """Note the change: who approves has to have seen these pictures, not others."""
    if by is not None:
        article.editor, article.changed_at = by, now or timezone.now()
        article.save(update_fields=["editor", "changed_at"])


def _open(article: Article, by: "User | None", now: datetime | None) -> Article:
    """Return the locked article when its pictures may be changed. Raises NotAllowed."""
    now, current = now or timezone.now(), locked(article)
    if by is None or workflow.may_change_pictures(current, by, now):
        return current
    raise NotAllowed(workflow.MOVED_ON)
