"""What a page about one article tells: its words as HTML, its facts, its data for machines."""

import json
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString, mark_safe

from balai import context
from modules.news import conf, markup, variants
from modules.news.models import Article, Picture
from modules.news.selectors import public
from modules.news.states import Kind


def body(article: Article) -> dict[str, Any]:
    """Return the text as HTML, the corrections with their times, and the pictures in order."""
    pictures = list(article.pictures.all())
    return {
        "html": markup.render(article.text),
        "corrections": [
            (parse_datetime(line["at"]), line["note"]) for line in reversed(article.corrections)
        ],
        "cover": pictures[0] if pictures else None,
        "gallery": pictures[1:],
    }


def page(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Return the variables of an article's page."""
    address = request.build_absolute_uri(article.get_absolute_url())
    parts = body(article)
    image = image_of(request, parts["cover"])
    return {
        "article": article,
        "address": address,
        "image": image,
        "over": article.is_over(),
        "areas": public.area_names(article.areas),
        "related": public.related(article),
        "push": conf.current().push,
        "data": for_machines(article, address, image),
        **parts,
    }


def for_machines(article: Article, address: str, image: str) -> SafeString:
    """Return the article as JSON-LD (schema.org), safe inside a script element."""
    region = context.current_region()
    publisher = article.agency.name if article.agency else region.name
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event" if article.kind == Kind.EVENT else "NewsArticle",
        "url": address,
        "description": article.summary,
        "image": [image] if image else [],
    }
    if article.kind == Kind.EVENT:
        told |= _event(article, publisher)
    else:
        told |= _news(article, publisher)
    if article.kind == Kind.HOAX:
        told["mainEntity"] = _claim(article, address, publisher)
    text = json.dumps(_known(told), ensure_ascii=False).replace("<", "\\u003c")
    return mark_safe(text)  # noqa: S308 - JSON, and "<" is written as an escape


def _known(told: dict[str, Any]) -> dict[str, Any]:
    """Return what is known: an empty property is a fault to who checks the data."""
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _news(article: Article, publisher: str) -> dict[str, Any]:
    return {
        "headline": article.title,
        "datePublished": article.publish_at.isoformat() if article.publish_at else None,
        "dateModified": article.modified_at.isoformat(),
        "author": {"@type": "GovernmentOrganization", "name": publisher},
        "publisher": {"@type": "GovernmentOrganization", "name": context.current_region().name},
        "isAccessibleForFree": True,
    }


def _claim(article: Article, address: str, publisher: str) -> dict[str, Any]:
    """Return the check of a claim as ClaimReview, which searchers show beside the claim."""
    return {
        "@type": "ClaimReview",
        "url": address,
        "claimReviewed": article.claim,
        "itemReviewed": {"@type": "Claim", "name": article.claim},
        "datePublished": article.publish_at.isoformat() if article.publish_at else "",
        "author": {"@type": "GovernmentOrganization", "name": publisher},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": article.get_verdict_display(),
        },
        "citation": article.evidence_url,
    }


def _event(article: Article, publisher: str) -> dict[str, Any]:
    return {
        "name": article.title,
        "startDate": article.starts_at.isoformat() if article.starts_at else None,
        "endDate": article.ends_at.isoformat() if article.ends_at else None,
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": article.place, "address": article.place},
        "organizer": {"@type": "GovernmentOrganization", "name": publisher},
    }


def image_of(request: HttpRequest, picture: Picture | None) -> str:
    """Return the full address of a picture as JPEG; "" without one."""
    if picture is None:
        return ""
    width = variants.fallback_of(picture.widths)
    return request.build_absolute_uri(reverse("news:picture", args=[picture.uuid, width, "jpg"]))
