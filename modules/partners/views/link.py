"""One case for somebody without an account: who has the letter can read it and answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.audit.actor import acting_as
from modules.partners import sources, workflow
from modules.partners.models import Access, Link, Share
from modules.partners.services import links, reading
from modules.partners.story import steps
from modules.partners.views import acts
from modules.partners.views.common import photo as send_photo, place_map
from modules.partners.workflow import NotAllowed, Who


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show the case behind a link; POST acknowledges, answers, or writes."""
    link = _found(token)
    if not links.opens(link):
        return render(request, "partners/link/over.html", status=410)
    share = link.share
    offered = {act.name: act for act in acts.without_account(share)}
    posted = request.method == "POST"
    wanted = (request.POST if posted else request.GET).get("do", "")
    act = offered.get(wanted)
    form = acts.form_of(act, share, request.POST if posted else None) if act else None
    if posted:
        if act is None or form is None:
            messages.error(request, str(workflow.MOVED_ON))
            return redirect(request.path)
        if form.is_valid():
            _carry_out(request, act, share, form.cleaned_data)
            return redirect(request.path)
    return _page(request, link, {"acts": list(offered.values()), "act": act, "form": form}, posted)


def _carry_out(request: HttpRequest, act: acts.Act, share: Share, told: dict[str, Any]) -> None:
    try:
        with acting_as("partner link"):
            act.run(share, None, Who.PARTNER, told)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(act.done))


def _page(request: HttpRequest, link: Link, buttons: dict[str, Any], posted: bool) -> HttpResponse:
    share = link.share
    with acting_as("partner link"):
        opened = reading.read(share=share, via=Access.Via.LINK)
    page = {
        **buttons, "share": share, "link": link, "opened": opened, "map": place_map(opened),
        "steps": steps(share, Who.PARTNER), "token": links.token_of(link),
        "told": sources.fields(share.source, share.fields), "late": share.late(timezone.now()),
    }  # fmt: skip
    return render(request, "partners/link/case.html", page, status=422 if posted else 200)


@never_cache
@require_safe
def photo(request: HttpRequest, token: str, file: UUID) -> HttpResponseBase:
    """Send one of the photos of the case behind a link."""
    link = _found(token)
    if not links.opens(link):
        raise Http404
    answer = send_photo(reading.look(link.share), file)
    reading.note(share=link.share, via=Access.Via.LINK, what="photo")
    return answer


def _found(token: str) -> Link:
    link = links.find(token)
    if link is None:
        raise Http404
    return link
