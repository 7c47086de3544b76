"""A message to phones about an article: ask for it, approve it, or say no."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai.accounts.guards import desk_required
from balai.notify import followers
from modules.news import following, rights, services
from modules.news.models import Article
from modules.news.push_forms import PushForm
from modules.news.selectors import public
from modules.news.services import pushing
from modules.news.states import Push
from modules.news.views.desk import within_reach
from modules.news.workflow import NotAllowed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(rights.DESK)
def push(request: HttpRequest, article: UUID) -> HttpResponseBase:
    """Show where the message stands; POST asks, approves or drops it."""
    found = within_reach(request, article)
    if request.method != "POST":
        return _page(request, found, PushForm(initial={"text": found.summary[: pushing.LETTERS]}))
    if request.POST.get("do") == "ask":
        form = PushForm(request.POST)
        if not form.is_valid():
            return _page(request, found, form, status=422)
        return _done(request, found, "ask", form.cleaned_data["text"])
    do = "approve" if request.POST.get("do") == "approve" else "drop"
    return _done(request, found, do, request.POST.get("text", ""))


def _done(request: HttpRequest, article: Article, do: str, text: str) -> HttpResponseBase:
    user: Any = request.user
    try:
        if do == "ask":
            services.ask_push(article=article, text=text, by=user)
            said = _("Somebody else can approve the message now.")
        elif do == "approve":
            approved = services.approve_push(article=article, text=text, by=user)
            out = approved.is_out()
            said = _("The message goes out now.") if out else _("It goes out with the article.")
        else:
            services.drop_push(article=article, by=user)
            said = _("No message is sent.")
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("news_desk:detail", article=article.uuid)


def _page(
    request: HttpRequest, article: Article, form: PushForm, status: int = 200
) -> HttpResponse:
    user, now = request.user, timezone.now()
    waiting = article.push_state == Push.ASKED
    problem = (pushing.approving_problem if waiting else pushing.asking_problem)(article, user, now)
    page = {
        "article": article,
        "form": form,
        "waiting": waiting,
        "problem": problem if article.push_state in (Push.NONE, Push.ASKED) else "",
        "may_drop": pushing.may_drop(article, user),
        "areas": public.area_names(article.areas),
        "reach": followers.reach(following.subjects(article.areas)),
        "out": article.is_out(now),
    }
    return render(request, "news/desk/push.html", page, status=status)
