"""The console's pages: the list of kinds of problems, and one kind."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.guards import console_required
from modules.complaints.console_forms import CategoryForm
from modules.complaints.models import Category
from modules.complaints.selectors import categories
from modules.complaints.services import catalogue


@require_safe
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """List every kind of problem with its agency and its working days."""
    page = {"groups": categories.groups(active_only=False)}
    return render(request, "complaints/console/index.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def edit(request: HttpRequest, slug: str = "") -> HttpResponseBase:
    """Change one kind of problem, or add one."""
    found = get_object_or_404(Category, slug=slug, parent__isnull=False) if slug else None
    before = catalogue.traced(found) if found else None
    form = CategoryForm(request.POST or None, instance=found)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        page = {"form": form, "category": found}
        return render(request, "complaints/console/edit.html", page, status=status)
    saved = catalogue.save_category(category=form.save(commit=False), before=before)
    messages.success(request, _("Saved: %(label)s.") % {"label": saved.label})
    return redirect("complaints_console:index")
