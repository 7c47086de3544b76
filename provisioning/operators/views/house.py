"""The platform's own house: releases, maintenance notices, the people who work here."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.models import User
from balai.ui.paging import paged
from provisioning.models import Maintenance, Post, RegionHealth, Release
from provisioning.operators import maintenance as notices, staff as people
from provisioning.operators.forms import MaintenanceForm, PersonForm, PostForm
from provisioning.operators.guard import page
from provisioning.operators.ranks import SUPERUSER, Who
from provisioning.views.wizard import posted

PER_PAGE = 25
form_page = require_http_methods(["GET", "HEAD", "POST"])


@page()
@require_safe
def releases(request: HttpRequest, who: Who) -> HttpResponse:
    """Show how far the fleet is, and the regions that are not at the release."""
    rows = RegionHealth.objects.exclude(where="").order_by()
    shares = rows.values("where").annotate(n=Count("pk")).order_by("where")
    odd = rows.exclude(where="current").select_related("region").order_by("region__name")
    found = paged(request, odd, PER_PAGE)
    latest = rows.order_by("-structure_at").values_list("structure_at", flat=True).first()
    shown = {"who": who, "shares": shares, "page": found, "compared": latest,
             "releases": Release.objects.defer("sql")[:10], "here": "releases"}  # fmt: skip
    return render(request, "provisioning/operations/releases.html", shown)


@page()
@form_page
def maintenance(request: HttpRequest, who: Who) -> HttpResponse:
    """List the notices; keep a new one."""
    form = MaintenanceForm(posted(request))
    if request.method == "POST":
        who.require("act")
        if form.is_valid():
            notices.announce(form.save(commit=False), by=who.label)
            messages.success(request, _("The notice is kept; desks and consoles show it."))
            return redirect("operations:maintenance")
    rows = Maintenance.objects.select_related("region")
    found = paged(request, rows, PER_PAGE)
    shown = {"who": who, "form": form, "page": found, "now": timezone.now(), "here": "maintenance"}
    status = 422 if form.errors else 200
    return render(request, "provisioning/operations/maintenance.html", shown, status=status)


@page("act")
@require_POST
def withdraw(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """Take a notice back, or show it again."""
    row = get_object_or_404(Maintenance, pk=pk)
    if row.withdrawn_at:
        notices.restore(row)
        messages.success(request, _("The notice is shown again."))
    else:
        notices.withdraw(row)
        messages.success(request, _("The notice is taken back. You can show it again."))
    return redirect("operations:maintenance")


@page("rule", fresh=True)
@form_page
def staff(request: HttpRequest, who: Who) -> HttpResponse:
    """List the people; add one."""
    form = PersonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            people.add(**form.cleaned_data)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(request, _("The account is made; its owner is mailed a link."))
            return redirect("operations:staff")
    rows = User.objects.select_related("post").order_by("-is_active", "name", "pk")
    found = paged(request, rows, PER_PAGE)
    shown = {"who": who, "form": form, "page": found, "here": "staff"}
    status = 422 if form.errors else 200
    return render(request, "provisioning/operations/staff.html", shown, status=status)


@page("rule", fresh=True)
@form_page
def person(request: HttpRequest, who: Who, uuid: UUID) -> HttpResponse:
    """Change a person's rank."""
    user = get_object_or_404(User, uuid=uuid)
    post = Post.objects.filter(user=user).first()
    rank = SUPERUSER if user.is_superuser else post.rank if post else ""
    given = {"rank": rank, "province": post.province if post else ""}
    form = PostForm(posted(request), initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            people.give(user=user, by=who.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The rank has been changed."))
            return redirect("operations:staff")
    shown = {"who": who, "person": user, "form": form, "here": "staff"}
    status = 422 if form.errors else 200
    return render(request, "provisioning/operations/person.html", shown, status=status)


@page("rule", fresh=True)
@require_POST
def switch(request: HttpRequest, who: Who, uuid: UUID) -> HttpResponse:
    """Shut a person out, or let them in again."""
    user = get_object_or_404(User, uuid=uuid)
    try:
        if user.is_active:
            people.shut_out(user=user, by=who.user)
            messages.success(request, _("Shut out, in all sessions. You can let them in again."))
        else:
            people.let_in(user=user)
            messages.success(request, _("Let in again."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("operations:staff")
