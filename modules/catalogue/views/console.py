"""The console's list and form of apps."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.guards import console_required
from modules.catalogue.forms import AppForm
from modules.catalogue.models import App
from modules.catalogue.selectors import public
from modules.catalogue.services import editing

PER_PAGE = 50


@never_cache
@require_safe
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """List the apps by name."""
    query = request.GET.get("q", "").strip()[:80]
    found = App.objects.select_related("agency").filter(public.matching(query))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "catalogue/console/index.html", {"page": page, "q": query})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def edit(request: HttpRequest, app: str = "") -> HttpResponseBase:
    """Change an app, or add one."""
    found = get_object_or_404(App, slug=app) if app else None
    before, name = (editing.traced(found), found.name) if found else (None, "")
    form = AppForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        saved = editing.save(app=form.save(commit=False), before=before)
        messages.success(request, _("Saved: %(name)s.") % {"name": saved.name})
        return redirect("catalogue_desk:app", saved.slug)
    status = 422 if request.method == "POST" else 200
    shown = {"form": form, "app": found, "name": name}
    return render(request, "catalogue/console/form.html", shown, status=status)
