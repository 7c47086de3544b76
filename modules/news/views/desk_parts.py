"""Pictures and versions of an article."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
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
from modules.news.views.desk import within_reach

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(METHODS)
@desk_required(rights.DESK)
@idempotent("news.picture")
def pictures(request: HttpRequest, article: UUID) -> HttpResponseBase:
    """Show an article's pictures and add one."""
    found, user = within_reach(request, article), _user(request)
    if request.method != "POST":
        return _pictures(request, found, forms.PictureForm())
    form = forms.PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return _pictures(request, found, form, status=422)
    told = dict(form.cleaned_data)
    try:
        services.add_picture(article=found, upload=told.pop("picture"), by=user, **told)
    except UploadRejected as refusal:
        form.add_error("picture", str(refusal.message))
        return _pictures(request, found, form, status=422)
    except workflow.NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _pictures(request, found, form, status=422)
    messages.success(request, _("The picture is added."))
    return redirect("news_desk:pictures", article=found.uuid)


@never_cache
@require_http_methods(METHODS)
@desk_required(rights.DESK)
def picture(request: HttpRequest, article: UUID, picture: UUID) -> HttpResponseBase:
    """Change a picture's words or make it the main one."""
    found = within_reach(request, article)
    kept = get_object_or_404(found.pictures.select_related("article"), uuid=picture)
    initial = {"alt": kept.alt, "caption": kept.caption, "credit": kept.credit,
               "cover": kept.place == 0}  # fmt: skip
    form = forms.PictureWordsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_picture(picture=kept, by=_user(request), **form.cleaned_data)
        except workflow.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("news_desk:pictures", article=found.uuid)
    status = 422 if form.errors else 200
    page = {"article": found, "picture": kept, "form": form}
    return render(request, "news/desk/picture.html", page, status=status)


@never_cache
@require_http_methods(METHODS)
@desk_required(rights.DESK)
def remove(request: HttpRequest, article: UUID, picture: UUID) -> HttpResponseBase:
    """Take a picture away after a question: its file is deleted for good."""
    found = within_reach(request, article)
    kept = get_object_or_404(found.pictures.select_related("article"), uuid=picture)
    back = reverse("news_desk:pictures", args=[found.uuid])
    if request.method != "POST":
        page = {
            "confirm_base": "balai/desk.html", "question": _("Delete this picture?"),
            "stops": _("The file is deleted for good: “%(alt)s”.") % {"alt": kept.alt},
            "yes": _("Delete"), "no": _("Back"), "back": back, "danger": True,
        }  # fmt: skip
        return render(request, "balai/confirm.html", page)
    try:
        services.remove_picture(picture=kept, by=_user(request))
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The picture is deleted."))
    return redirect(back)


@never_cache
@require_http_methods(METHODS)
@desk_required(rights.DESK)
def revision(request: HttpRequest, article: UUID, number: int) -> HttpResponseBase:
    """Show what a version changed and what differs from now; POST puts its words back."""
    found, user = within_reach(request, article), _user(request)
    rows = list(found.revisions.select_related("author").defer("content"))
    shown = next((row for row in rows if row.number == number), None)
    if shown is None:
        raise Http404
    if request.method == "POST":
        return _restore(request, found, number)
    before = next((row for row in rows if row.number < number), None)
    newest = rows[0]
    page = {
        "article": found,
        "rows": rows,
        "shown": shown,
        "changed": changes.between(before.content, shown.content) if before else [],
        "differs": changes.between(shown.content, newest.content) if shown != newest else [],
        "before": before,
        "newest": newest,
        "may_edit": workflow.may_edit(found, user, timezone.now()),
        "may_correct": "correct" in workflow.offered(found, user, timezone.now()),
    }
    return render(request, "news/desk/revision.html", page)


def _restore(request: HttpRequest, article: Article, number: int) -> HttpResponseBase:
    try:
        services.restore(article=article, number=number, by=_user(request))
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The words of version %(n)s are back.") % {"n": number})
    return redirect("news_desk:detail", article=article.uuid)


def _pictures(
    request: HttpRequest, article: Article, form: forms.PictureForm, status: int = 200
) -> HttpResponse:
    user, now = _user(request), timezone.now()
    open_ = workflow.may_change_pictures(article, user, now)
    page = {"article": article, "form": form, "may_change": open_}
    return render(request, "news/desk/pictures.html", page, status=status)


def _user(request: HttpRequest) -> Any:
    return request.user
