"""One article, and its files: pictures in their sizes, the PDF of an e-paper."""

from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from modules.news import access, variants
from modules.news.models import Article, Picture
from modules.news.selectors import public
from modules.news.services import documents
from modules.news.views import telling

PUBLIC, PRIVATE = "public, max-age=300", "private, no-cache"
LOCKED = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_safe
def page(request: HttpRequest, article: UUID, words: str = "") -> HttpResponse:
    """Show an article. Its ``words`` in the address are decoration: a new title breaks no link."""
    found = public.find(article)
    if found is None:
        if not public.is_archived(article):
            raise Http404
        return render(request, "news/gone.html", status=410)
    return render(request, "news/article.html", telling.page(request, found))


@require_safe
def picture(request: HttpRequest, picture: UUID, width: int, kind: str) -> HttpResponseBase:
    """Send a picture in one size to who may read its article; to others it does not exist."""
    found = Picture.objects.select_related("article").filter(uuid=picture).first()
    if found is None or width not in found.widths or kind not in variants.TYPES:
        raise Http404
    return _file(
        request, found.article, variants.path(found.uuid, width, kind), variants.TYPES[kind]
    )


@require_safe
def document(request: HttpRequest, article: UUID) -> HttpResponseBase:
    """Send the PDF of an e-paper as a download: it is a stranger's file on our own address."""
    found = Article.objects.filter(uuid=article).first()
    if found is None or not found.document:
        raise Http404
    path = documents.path(found.document["file"])
    answer = _file(request, found, path, "application/pdf")
    if isinstance(answer, FileResponse):
        name = slugify(found.title)[:60].strip("-") or found.uuid
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _file(request: HttpRequest, article: Article, path: str, kind: str) -> HttpResponseBase:
    user: Any = request.user
    if not access.may_see(user, article):
        raise Http404
    try:
        answer = FileResponse(default_storage.open(path), content_type=kind)
    except FileNotFoundError as error:
        raise Http404 from error
    answer.headers["Cache-Control"] = PUBLIC if article.is_out() else PRIVATE
    answer.headers["Content-Security-Policy"] = LOCKED
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
