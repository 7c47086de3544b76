"""Who looked at what in the live room."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.accounts.guards import desk_required
from modules.liveroom.forms import ViewersForm
from modules.liveroom.rights import VIEWERS
from modules.liveroom.selectors import viewers

PER_PAGE = 50


@never_cache
@require_safe
@desk_required(VIEWERS)
def index(request: HttpRequest) -> HttpResponse:
    """List the looks, the newest first."""
    form = ViewersForm(request.GET)
    found = viewers.rows(**form.wanted())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "looks": viewers.looks(list(page.object_list))}
    return render(request, "liveroom/viewers.html", shown)
