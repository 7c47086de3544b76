"""Who heads the region and its agencies."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import console_required
from balai.directory import selectors, services
from balai.directory.forms import HolderForm
from balai.directory.models import OfficeHolder

LIST = "directory_console:holders"


@console_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the office-holders."""
    return render(request, "directory/holders.html", {"holders": selectors.office_holders()})


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Add an office-holder; ``?agency=`` is chosen beforehand."""
    form = HolderForm(request.POST or None, initial={"agency": request.GET.get("agency", "")})
    return _save(request, form, None)


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an office-holder."""
    holder = get_object_or_404(OfficeHolder, pk=pk)
    return _save(request, HolderForm(request.POST or None, holder=holder), holder)


@console_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an office-holder."""
    holder = get_object_or_404(OfficeHolder.objects.select_related("agency"), pk=pk)
    name = holder.name
    services.remove_office_holder(holder=holder)
    messages.success(request, _("%(name)s has been removed.") % {"name": name})
    return redirect(LIST)


def _save(request: HttpRequest, form: HolderForm, holder: OfficeHolder | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = services.save_office_holder(holder=holder, **form.values)
        messages.success(request, _("%(name)s has been saved.") % {"name": saved.name})
        return redirect(LIST)
    status = 422 if form.is_bound else 200
    return render(request, "directory/holder.html", {"form": form, "holder": holder}, status=status)
