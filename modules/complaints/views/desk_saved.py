"""Saved filters: keep the inbox as it is under a name, rename it, throw it away, take it back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from balai.accounts.guards import desk_required
from modules.complaints import rights
from modules.complaints.models import SavedFilter
from modules.complaints.selectors import desk_counts, saved_filters as selector
from modules.complaints.services import saved_filters
from modules.complaints.views import desk_inbox
from modules.complaints.workflow import NotAllowed


class NameForm(forms.Form):
    """What an inbox is called."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=60,
        help_text=gettext_lazy("Such as “Lamps in Cibodas, late”."),
        error_messages={"required": gettext_lazy("Write a name.")},
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(rights.DESK)
def index(request: HttpRequest) -> HttpResponseBase:
    """List the officer's saved filters; POST keeps the address's filters under a name."""
    form = NameForm(request.POST or None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    user: Any = request.user
    try:
        saved = saved_filters.save_filter(
            name=form.cleaned_data["name"], filters=desk_inbox.filters_of(request), by=user
        )
    except NotAllowed as refusal:
        form.add_error("name", str(refusal))
        return _page(request, form, status=422)
    messages.success(request, _("Saved: %(label)s.") % {"label": saved.name})
    return redirect(f"{reverse('complaints_desk:index')}?{saved.query}")


@require_POST
@desk_required(rights.DESK)
def change(request: HttpRequest, saved: UUID) -> HttpResponseBase:
    """Rename a saved filter, delete it, or take the deletion back: ``do`` says which."""
    found = selector.own(request.user, saved)
    wanted = request.POST.get("do")
    if found is None or wanted not in ("rename", "delete", "restore"):
        raise Http404
    if wanted == "rename":
        return _rename(request, found)
    if wanted == "restore":
        saved_filters.restore_filter(saved=found)
        messages.success(request, _("It is back: %(label)s.") % {"label": found.name})
        return redirect("complaints_desk:saved")
    saved_filters.delete_filter(saved=found)
    return redirect(f"{reverse('complaints_desk:saved')}?deleted={found.uuid}")


def _rename(request: HttpRequest, saved: SavedFilter) -> HttpResponseBase:
    form = NameForm(request.POST)
    try:
        if form.is_valid():
            saved_filters.rename_filter(saved=saved, name=form.cleaned_data["name"])
            return redirect("complaints_desk:saved")
        refusal = str(form.errors["name"][0])
    except NotAllowed as problem:
        refusal = str(problem)
    messages.error(request, refusal)
    return redirect("complaints_desk:saved")


def _page(request: HttpRequest, form: NameForm, status: int = 200) -> HttpResponse:
    saved = selector.of(request.user)
    counted = desk_counts.counts(request.user, timezone.now(), saved).saved
    page = {
        "form": form,
        "saved": counted,
        "kept": desk_inbox.kept(request),
        "deleted": _deleted(request),
    }
    return render(request, "complaints/desk_saved.html", page, status=status)


def _deleted(request: HttpRequest) -> SavedFilter | None:
    """Return what was deleted just now, to offer it back."""
    try:
        reference = UUID(request.GET.get("deleted", ""))
    except ValueError:
        return None
    found = selector.own(request.user, reference)
    return found if found and found.deleted_at else None
