"""The tree of agencies, and one agency's page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import console_required
from balai.directory import selectors, services
from balai.directory.forms import AgencyForm, add_errors
from balai.directory.models import Agency

LIST = "directory_console:agencies"
FOUND_AT_MOST = 100


@console_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the tree; with ``?q=`` a flat list of what was found, closed agencies included."""
    words = request.GET.get("q", "").strip()[:80]
    context = {
        "words": words,
        "found": selectors.search_agencies(words)[:FOUND_AT_MOST] if words else None,
        "nodes": [] if words else selectors.agency_tree(active=True),
        "closed": [] if words else selectors.agency_tree(active=False),
        "just_closed": _just_closed(request),
    }
    return render(request, "directory/agencies.html", context)


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Add an agency."""
    form = AgencyForm(request.POST or None, initial={"parent": request.GET.get("parent", "")})
    if request.method == "POST" and form.is_valid():
        try:
            agency = services.create_agency(parent=form.chosen_parent, **form.values)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("%(name)s has been added.") % {"name": agency.name})
            return redirect(LIST)
    return render(request, "directory/agency.html", {"form": form}, status=_status(form))


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change an agency, or its place in the tree."""
    agency = _agency(code)
    form = AgencyForm(request.POST or None, agency=agency)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_agency(agency=agency, parent=form.chosen_parent, **form.values)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("%(name)s has been saved.") % {"name": form.values["name"]})
            return redirect(LIST)
    context = {
        "form": form,
        "agency": agency,
        "below": selectors.open_below(agency),
        "holders": agency.office_holders.all(),
    }
    return render(request, "directory/agency.html", context, status=_status(form))


@console_required
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close an agency; the list then offers to take it back."""
    agency = _agency(code)
    try:
        services.close_agency(agency=agency)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("directory_console:agency", code)
    response = redirect(LIST)
    response["Location"] += f"?closed={agency.code}"
    return response


@console_required
@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Take a closed agency back into service."""
    agency = services.reopen_agency(agency=_agency(code))
    messages.success(request, _("%(name)s is in service again.") % {"name": agency.name})
    return redirect(LIST)


def _agency(code: str) -> Agency:
    try:
        return selectors.agency(code)
    except Agency.DoesNotExist:
        raise Http404 from None


def _just_closed(request: HttpRequest) -> Agency | None:
    code = request.GET.get("closed", "")
    return Agency.objects.filter(code=code, active=False).first() if code else None


def _status(form: AgencyForm) -> int:
    return 422 if form.is_bound and form.errors else 200
