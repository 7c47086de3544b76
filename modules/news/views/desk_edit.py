"""Write, change and correct an article."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai.accounts.guards import desk_required
from balai.api.idempotency import idempotent
from balai.files import UploadRejected
from modules.news import forms, rights, services, workflow
from modules.news.models import Article
from modules.news.selectors import changes
from modules.news.services import writing
from modules.news.states import KINDS, Kind
from modules.news.views.desk import within_reach

PAGE = "news/desk/edit.html"
METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(METHODS)
@desk_required(rights.WRITE)
@idempotent("news.article")
def new(request: HttpRequest) -> HttpResponseBase:
    """Choose a kind, then write."""
    user: Any = request.user
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    if kind not in Kind.values:
        return render(request, "news/desk/kinds.html", {"kinds": KINDS.items()})
    if request.method != "POST":
        form = forms.ArticleForm(kind=kind, user=user, initial={"kind": kind, "version": 0})
        return _page(request, form, None)
    form = forms.ArticleForm(request.POST, request.FILES, kind=kind, user=user)
    if not form.is_valid():
        return _page(request, form, None, status=422)
    try:
        with transaction.atomic():
            article = services.create(
                content=form.content(), by=user, agency=form.cleaned_data["agency"],
                lead=form.cleaned_data.get("lead", False),
            )  # fmt: skip
            _attach(form, article, user)
    except UploadRejected as refusal:
        form.add_error("document", str(refusal.message))
        return _page(request, form, None, status=422)
    messages.success(request, _("The draft is saved."))
    return redirect(_next(request, article))


@never_cache
@require_http_methods(METHODS)
@desk_required(rights.WRITE)
def edit(request: HttpRequest, article: UUID) -> HttpResponseBase:
    """Change an article before anybody approved it."""
    found, user = within_reach(request, article), _user(request)
    if not workflow.may_edit(found, user, timezone.now()):
        messages.error(request, str(workflow.MOVED_ON))
        return redirect("news_desk:detail", article=found.uuid)
    kind = request.POST.get("kind", found.kind)
    kind = kind if kind in Kind.values else found.kind
    if request.method != "POST":
        form = forms.ArticleForm(kind=kind, user=user, initial=_initial(found))
        return _page(request, form, found)
    form = forms.ArticleForm(request.POST, request.FILES, kind=kind, user=user)
    if not form.is_valid():
        return _page(request, form, found, status=422)
    try:
        with transaction.atomic():
            saved = services.save(
                article=found, content=form.content(), by=user,
                version=form.cleaned_data["version"] or 0, agency=form.cleaned_data["agency"],
                lead=form.cleaned_data.get("lead", False),
            )  # fmt: skip
            _attach(form, saved, user)
    except services.Conflict as conflict:
        return _conflict(request, form, conflict.article)
    except (workflow.NotAllowed, UploadRejected) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, found, status=422)
    messages.success(request, _("Saved as version %(n)s.") % {"n": saved.version})
    return redirect(_next(request, saved))


@never_cache
@require_http_methods(METHODS)
@desk_required(rights.PUBLISH)
def correct(request: HttpRequest, article: UUID) -> HttpResponseBase:
    """Change what is out; ``?version=`` begins with the words of an earlier version."""
    found, user = within_reach(request, article), _user(request)
    if "correct" not in workflow.offered(found, user, timezone.now()):
        messages.error(request, str(workflow.MOVED_ON))
        return redirect("news_desk:detail", article=found.uuid)
    if request.method != "POST":
        form = forms.CorrectForm(
            kind=found.kind, user=user, initial=_initial(found, _from(request))
        )
        return _page(request, form, found)
    form = forms.CorrectForm(request.POST, kind=found.kind, user=user)
    if not form.is_valid():
        return _page(request, form, found, status=422)
    try:
        services.correct(
            article=found, content=form.content(), note=form.cleaned_data["note"], by=user,
            version=form.cleaned_data["version"] or 0,
        )  # fmt: skip
    except services.Conflict as conflict:
        return _conflict(request, form, conflict.article)
    except workflow.NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, found, status=422)
    messages.success(request, _("The correction is published."))
    return redirect("news_desk:detail", article=found.uuid)


def _page(
    request: HttpRequest, form: forms.ArticleForm, article: Article | None, status: int = 200,
    **other: Any,
) -> HttpResponse:  # fmt: skip
    correcting = isinstance(form, forms.CorrectForm)
    page = {
        "form": form, "article": article, "look": KINDS[form.of_kind], "correcting": correcting,
        **other,
    }  # fmt: skip
    return render(request, PAGE, page, status=status)


def _conflict(request: HttpRequest, form: forms.ArticleForm, theirs: Article) -> HttpResponse:
    """Show what differs from what somebody else saved; sending again puts this over it.

    What only they changed comes into the form: nobody takes it back by not having seen it.
    """
    began = theirs.revisions.filter(number=form.cleaned_data["version"] or 0).first()
    saved, mine = writing.current_content(theirs), form.content()
    merged = writing.merged(mine, saved, writing.content_of(began) if began else saved)
    typed: Any = request.POST.copy()
    typed["version"] = str(theirs.version)
    for name in writing.FIELDS:
        if getattr(merged, name) != getattr(mine, name):
            typed.setlist(name, forms.typed(getattr(merged, name)))
    form.data = typed
    differs = changes.between(writing.stored(saved), writing.stored(merged))
    return _page(request, form, theirs, status=409, conflict=theirs, differs=differs)


def _initial(article: Article, version: int = 0) -> dict[str, Any]:
    old = article.revisions.filter(number=version).first() if version else None
    content = writing.content_of(old) if old else writing.current_content(article)
    values = {name: getattr(content, name) for name in writing.FIELDS}
    return {
        **values, "agency": article.agency_id or "", "lead": article.lead, "kind": article.kind,
        "areas": list(content.areas), "version": article.version,
    }  # fmt: skip


def _from(request: HttpRequest) -> int:
    number = request.GET.get("version", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0


def _attach(form: forms.ArticleForm, article: Article, user: Any) -> None:
    upload = forms.uploaded(form, "document")
    if upload is not None:
        services.attach_document(article=article, upload=upload, by=user)


def _next(request: HttpRequest, article: Article) -> str:
    """Return where the pressed button leads: the preview, the pictures, or the article."""
    name = {"preview": "preview", "pictures": "pictures"}.get(
        request.POST.get("then", ""), "detail"
    )
    return reverse(f"news_desk:{name}", args=[article.uuid])


def _user(request: HttpRequest) -> Any:
    return request.user
