"""The console's pages of the centre: categories with their questions, outcomes, units."""

import uuid
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import console_required
from modules.emergency.console_forms import CategoryForm, OutcomeForm, UnitForm, questions_of
from modules.emergency.models import Category, Outcome, Unit
from modules.emergency.selectors import catalogue as lists
from modules.emergency.services import catalogue
from modules.emergency.workflow import NotAllowed

UNDO: Final = "emergency_console_undo"
BACK: Final = {"up": "down", "down": "up", "on": "off", "off": "on"}
"""What a list can be told of one of its rows, and what takes it back."""


@never_cache
@require_safe
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """List the categories in the order in which call takers see them."""
    page = {"rows": lists.categories(), "undo": request.session.pop(UNDO, None)}
    return render(request, "emergency/console/categories.html", page)


@never_cache
@require_safe
@console_required
def outcomes(request: HttpRequest) -> HttpResponse:
    """List the outcomes."""
    page = {"rows": lists.outcomes(), "undo": request.session.pop(UNDO, None)}
    return render(request, "emergency/console/outcomes.html", page)


@never_cache
@require_safe
@console_required
def units(request: HttpRequest) -> HttpResponse:
    """List the units."""
    page = {"rows": lists.units(), "undo": request.session.pop(UNDO, None)}
    return render(request, "emergency/console/units.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def edit(request: HttpRequest, slug: str = "") -> HttpResponseBase:
    """Change one category and its questions, or add one."""
    found = get_object_or_404(Category, slug=slug) if slug else None
    before = catalogue.traced(found) if found else None
    data = request.POST or None
    form, questions = CategoryForm(data, instance=found), questions_of(found, data)
    if request.method == "POST" and form.is_valid() and questions.is_valid():
        row = form.save(commit=False)
        row.script = questions.script()
        return _save(request, row, before, "emergency_console:index")
    page = {"form": form, "questions": questions, "row": found}
    status = 422 if request.method == "POST" else 200
    return render(request, "emergency/console/category.html", page, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def outcome(request: HttpRequest, code: str = "") -> HttpResponseBase:
    """Change one outcome, or add one."""
    found = get_object_or_404(Outcome, code=code) if code else None
    before = catalogue.traced(found) if found else None
    form = OutcomeForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        return _save(request, form.save(commit=False), before, "emergency_console:outcomes")
    words = (_("Outcomes"), _("Add an outcome"))
    return _form(request, form, before["label_id"] if before else "", words, "outcomes")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def unit(request: HttpRequest, unit: uuid.UUID | None = None) -> HttpResponseBase:
    """Change one unit, or add one."""
    found = get_object_or_404(Unit, uuid=unit) if unit else None
    before = catalogue.traced(found) if found else None
    form = UnitForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        return _save(request, form.save(commit=False), before, "emergency_console:units")
    return _form(
        request, form, before["callsign"] if before else "", (_("Units"), _("Add a unit")), "units"
    )


@require_POST
@console_required
def change(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Move a category, offer it or not."""
    return _change(request, get_object_or_404(Category, slug=slug), "emergency_console:index")


@require_POST
@console_required
def outcome_change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Move an outcome, offer it or not."""
    return _change(request, get_object_or_404(Outcome, code=code), "emergency_console:outcomes")


@require_POST
@console_required
def unit_change(request: HttpRequest, unit: uuid.UUID) -> HttpResponseBase:
    """Take a unit out of use, or use it again."""
    return _change(request, get_object_or_404(Unit, uuid=unit), "emergency_console:units")


def _change(request: HttpRequest, row: Category | Outcome | Unit, back: str) -> HttpResponseBase:
    wanted = request.POST.get("do", "")
    try:
        if wanted in ("up", "down") and not isinstance(row, Unit):
            catalogue.move(row=row, step=-1 if wanted == "up" else 1)
        elif wanted in ("on", "off"):
            catalogue.offer(row=row, active=wanted == "on")
        else:
            return redirect(back)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    request.session[UNDO] = {"url": request.path, "do": BACK[wanted], "label": str(row)}
    return redirect(f"{reverse(back)}#undo")


def _save(
    request: HttpRequest, row: Any, before: dict[str, Any] | None, back: str
) -> HttpResponseBase:
    try:
        catalogue.save(row=row, before=before)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved: %(label)s.") % {"label": row})
    return redirect(back)


def _form(
    request: HttpRequest, form: Any, name: str, words: tuple[str, str], back: str
) -> HttpResponse:
    page = {
        "form": form, "name": name or words[1], "list": words[0],
        "back": reverse(f"emergency_console:{back}"),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "emergency/console/row.html", page, status=status)
