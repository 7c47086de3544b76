"""Articles as the API and webhooks show them: nothing that a reader of the site does not see."""

from django.urls import reverse
from django.utils.dateparse import parse_datetime

from balai import context
from modules.news import markup, variants
from modules.news.models import Article, Picture
from modules.news.schemas import (
    AgendaOut,
    ArticleOut,
    CorrectionOut,
    EventOut,
    HoaxOut,
    PictureOut,
    WholeArticleOut,
)
from modules.news.states import Kind


def article(row: Article) -> ArticleOut:
    """Return what a list tells of an article that is out; its pictures are fetched before."""
    cover = next(iter(row.pictures.all()), None)
    return ArticleOut(
        uuid=row.uuid, kind=row.kind, title=row.title, summary=row.summary,
        url=absolute(reverse("news:article", args=[row.uuid], urlconf="balai.urls_region")),
        agency=row.agency.code if row.agency else "", areas=row.areas,
        published_at=row.publish_at or row.created_at, changed_at=row.modified_at,
        expires_at=row.expires_at, corrected=bool(row.corrections),
        image=picture_url(cover) if cover else "",
    )  # fmt: skip


def whole(row: Article) -> WholeArticleOut:
    """Return all that an article's page tells."""
    pdf = reverse("news:document", args=[row.uuid], urlconf="balai.urls_region")
    hoax = HoaxOut(claim=row.claim, verdict=row.verdict, evidence=row.evidence_url)
    return WholeArticleOut(
        **article(row).model_dump(),
        html=str(markup.render(row.text)),
        pictures=[_picture(each) for each in row.pictures.all()],
        corrections=[
            CorrectionOut(at=at, note=line["note"])
            for line in row.corrections
            if (at := parse_datetime(line["at"]))
        ],
        hoax=hoax if row.kind == Kind.HOAX else None,
        event=_event(row),
        document=absolute(pdf) if row.document else "",
    )


def event(row: Article) -> AgendaOut | None:
    """Return an event of the agenda; None for an article without a beginning."""
    told = _event(row)
    return AgendaOut(**article(row).model_dump(), **told.model_dump()) if told else None


def picture_url(picture: Picture) -> str:
    """Return the address of a picture as JPEG."""
    width = variants.fallback_of(picture.widths)
    path = reverse("news:picture", args=[picture.uuid, width, "jpg"], urlconf="balai.urls_region")
    return absolute(path)


def absolute(path: str) -> str:
    """Return an address with the region's host."""
    return f"{context.current_region().base_url}{path}"


def _event(row: Article) -> EventOut | None:
    if row.kind != Kind.EVENT or row.starts_at is None:
        return None
    return EventOut(starts_at=row.starts_at, ends_at=row.ends_at, place=row.place)


def _picture(picture: Picture) -> PictureOut:
    return PictureOut(
        url=picture_url(picture), alt=picture.alt, caption=picture.caption,
        credit=picture.credit, width=picture.width, height=picture.height,
    )  # fmt: skip
