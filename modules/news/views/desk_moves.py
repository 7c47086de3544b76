"""One page a move: what is asked with it, or whether it is meant."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai.accounts.guards import desk_required
from modules.news import forms, rights, services, workflow
from modules.news.models import Article
from modules.news.views.desk import within_reach

FORMS = {
    "send_back": forms.ReturnForm,
    "approve": forms.ApproveForm,
    "reschedule": forms.ScheduleForm,
}
AT_ONCE = {
    "submit": services.submit,
    "take_back": services.take_back,
    "call_back": services.call_back,
    "bring_back": services.bring_back,
    "discard": services.archive,
    "archive": services.archive,
}
ASKED_FIRST = ("archive", "discard")
KEEPING = {
    "top": gettext_lazy("It stands on top of the front page."),
    "down": gettext_lazy("It stands among the others again."),
    "holds": gettext_lazy("Noted: it still holds."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(rights.DESK)
def move(request: HttpRequest, article: UUID, name: str) -> HttpResponseBase:
    """Ask what a move needs; POST makes it."""
    found = within_reach(request, article)
    if name not in {**FORMS, **AT_ONCE}:
        raise Http404
    why_not = workflow.problem(workflow.get(name), found, request.user, timezone.now())
    if why_not:
        messages.error(request, str(why_not))
        return _back(found)
    if name in FORMS:
        return _with_form(request, found, name)
    if request.method != "POST":
        return _ask(request, found, name)
    return _done(request, found, name, AT_ONCE[name], {})


@never_cache
@require_http_methods(["POST"])
@desk_required(rights.PUBLISH)
def keep(request: HttpRequest, article: UUID, what: str) -> HttpResponseBase:
    """Keep a story on top ("top"), or no longer ("down"); say that one "holds"."""
    found, user = within_reach(request, article), _user(request)
    if what not in KEEPING:
        raise Http404
    try:
        if what == "holds":
            services.still_holds(article=found, by=user)
        else:
            services.put_on_top(article=found, on_top=what == "top", by=user)
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(KEEPING[what]))
    return _back(found)


def _with_form(request: HttpRequest, article: Article, name: str) -> HttpResponseBase:
    kind: Any = FORMS[name]
    if request.method != "POST":
        later = {"publish_at": article.publish_at, "when": "later"} if article.publish_at else {}
        form = kind(initial={"seen": article.changed_at.isoformat(), **later})
        return _page(request, article, name, form)
    form = kind(request.POST)
    if not form.is_valid():
        return _page(request, article, name, form, status=422)
    wanted = {
        "send_back": (services.send_back, ("note",)),
        "approve": (services.approve, ("publish_at", "seen")),
        "reschedule": (services.reschedule, ("publish_at",)),
    }
    service, names = wanted[name]
    told = {field: form.cleaned_data[field] for field in names}
    return _done(request, article, name, service, told)


def _done(
    request: HttpRequest, article: Article, name: str, service: Any, told: dict[str, Any]
) -> HttpResponseBase:
    try:
        moved = service(article=article, by=request.user, **told)
    except services.Conflict:
        messages.error(request, _("Somebody changed it since you read it. Look again."))
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _said(name, moved))
    return _back(article)


def _said(name: str, article: Article) -> str:
    now = timezone.now()
    words = {
        "submit": _("Somebody else can review it now."),
        "take_back": _("It is a draft again."),
        "send_back": _("It is back with its author."),
        "call_back": _("It is a draft again and will not be published."),
        "discard": _("The draft is archived. You can bring it back here."),
        "archive": _("It is archived: nobody sees it any more. You can bring it back here."),
        "bring_back": _("It is back where it was."),
    }
    out = _("It is published.") if article.is_out(now) else _("It is scheduled.")
    return words.get(name, out)


def _ask(request: HttpRequest, article: Article, name: str) -> HttpResponse:
    harm = name in ASKED_FIRST
    questions = {
        "submit": (_("Ask for a review?"), _("Ask for a review")),
        "take_back": (_("Take it back from the review?"), _("Take back")),
        "call_back": (_("Call it back before it is published?"), _("Call back")),
        "bring_back": (_("Bring it back from the archive?"), _("Bring back")),
        "discard": (_("Archive this draft?"), _("Archive")),
        "archive": (_("Take this article away from everybody?"), _("Archive")),
    }
    question, yes = questions[name]
    page = {
        "confirm_base": "balai/desk.html",
        "question": question,
        "stops": _("Readers no longer find it; its address says that it was archived.")
        if name == "archive" else "",
        "stays": _("Words, pictures and versions stay, and it can be brought back.")
        if harm else article.title,
        "yes": yes,
        "no": _("Back"),
        "back": reverse("news_desk:detail", args=[article.uuid]),
        "danger": harm,
    }  # fmt: skip
    return render(request, "balai/confirm.html", page)


def _page(
    request: HttpRequest, article: Article, name: str, form: django_forms.Form, status: int = 200
) -> HttpResponse:
    page = {"article": article, "name": name, "form": form}
    return render(request, "news/desk/move.html", page, status=status)


def _user(request: HttpRequest) -> Any:
    return request.user


def _back(article: Article) -> HttpResponseBase:
    return redirect("news_desk:detail", article=article.uuid)
