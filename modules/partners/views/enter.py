"""The door for people with a platform account: to the platform, and back with its word."""

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai import context
from balai.signon.roaming import NotProven, begin, finish, let_in, regions_url
from modules.partners.services import delegates
from modules.partners.workflow import NotAllowed

log = structlog.get_logger(__name__)


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the platform; from another address of the region to its main one first.

    What proves the answer lies in this host's session, and the platform answers to the main one.
    """
    region = context.current_region()
    if request.get_host() != region.host:
        return HttpResponseRedirect(region.base_url + reverse("partners:enter"))
    callback = region.base_url + reverse("partners:entered")
    return HttpResponseRedirect(begin(request, callback))


@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Take the platform's answer; the region's own record decides who comes in, and how far."""
    try:
        user = delegates.enter(person=finish(request))
    except (NotProven, NotAllowed) as refusal:
        why = str(refusal) if isinstance(refusal, NotAllowed) else ""
        log.info("delegate_refused", reason=why or str(refusal))
        page = {"why": why, "regions_url": regions_url()}
        return render(request, "partners/enter/refused.html", page, status=403)
    let_in(request, user)
    return redirect("partners_desk:index")
