"""Pictures of articles as HTML: the browser takes the smallest that is sharp."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from modules.news import variants
from modules.news.models import Article, Picture
from modules.news.selectors import desk

register = template.Library()
NEWER = (("avif", "image/avif"), ("webp", "image/webp"))


@register.inclusion_tag("news/parts/picture.html")
def article_picture(
    picture: Picture, sizes: str = "100vw", *, lazy: bool = True, alt: str | None = None
) -> dict[str, Any]:
    """Return a picture in all its sizes.

    Args:
        sizes: how wide it is shown, as in HTML's attribute ``sizes``.
        lazy: load it when it comes near; not for the one on top of a page.
        alt: other words; "" beside a title that says the same.
    """
    return {
        "sources": [
            (
                kind,
                ", ".join(f"{_url(picture, width, name)} {width}w" for width in picture.widths),
            )
            for name, kind in NEWER
        ],
        "src": _url(picture, variants.fallback_of(picture.widths), "jpg"),
        "sizes": sizes,
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt if alt is None else alt,
        "lazy": lazy,
    }


@register.filter
def cover(article: Article) -> Picture | None:
    """Return the first picture of an article whose pictures were read along."""
    return next(iter(article.pictures.all()), None)


@register.filter
def is_stale(article: Article) -> bool:
    """Tell whether an editor should look whether an article still holds."""
    return desk.is_stale(article, timezone.now())


def _url(picture: Picture, width: int, kind: str) -> str:
    return reverse("news:picture", args=[picture.uuid, width, kind])
