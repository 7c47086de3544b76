"""Upload boundaries: look at them first, then put them in use, or take them back."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import console_required
from balai.directory import services
from balai.directory.forms import BoundaryForm, add_errors
from balai.directory.models import Area, BoundaryImport
from balai.directory.views.areas import preview

LIST = "directory_console:areas"
State = BoundaryImport.State


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and show what it would change."""
    form = BoundaryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = services.prepare_boundaries(
                content=file.read(), file_name=file.name, level=form.cleaned_data["level"]
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("directory_console:boundary_draft", draft.uuid)
    status = 422 if form.is_bound else 200
    return render(request, "directory/boundary_upload.html", {"form": form}, status=status)


@console_required
@require_safe
def draft(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Show a draft: the map, what is missing, what is wrong in which feature."""
    entry = _entry(reference, State.DRAFT)
    areas = dict(Area.objects.filter(kind=entry.level).values_list("code", "name"))
    drawn = [(code, f["geometry"]) for code, f in entry.features.items() if code in areas]
    context = {
        "draft": entry,
        "map": preview(drawn, areas),
        "drawn": len(drawn),
        "missing": [name for code, name in areas.items() if code not in entry.features],
        "refused": [problem for problem in entry.problems if problem["fatal"]],
        "hints": [problem for problem in entry.problems if not problem["fatal"]],
    }
    return render(request, "directory/boundary_draft.html", context)


@console_required
@require_POST
def apply(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Put a draft in use."""
    count = services.apply_boundaries(draft=_entry(reference, State.DRAFT))
    text = ngettext("%(n)s area has a boundary now.", "%(n)s areas have a boundary now.", count)
    messages.success(request, text % {"n": count})
    return redirect(LIST)


@console_required
@require_POST
def discard(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    services.discard_boundaries(draft=_entry(reference, State.DRAFT))
    messages.success(request, _("The file has been thrown away. Nothing was changed."))
    return redirect(LIST)


@console_required
@require_POST
def undo(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Give the areas back what they had before an upload."""
    try:
        services.undo_boundaries(applied=_entry(reference, State.APPLIED))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The boundaries are as they were before."))
    return redirect(LIST)


def _entry(reference: uuid.UUID, state: str) -> BoundaryImport:
    return get_object_or_404(BoundaryImport, uuid=reference, state=state)
