"""The wizard: one question a page, each page a plain form that works without JavaScript."""

from collections.abc import Callable
from functools import wraps
from smtplib import SMTPException
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai import signing
from balai.directory import reference
from provisioning import rules
from provisioning.forms import (
    AddressForm,
    CodeForm,
    PlanForm,
    PresetForm,
    RegionForm,
    StartForm,
    initial_preset,
)
from provisioning.models import Opening, Plan
from provisioning.opening.launch import launch
from provisioning.signup import codes, desk, mail, services
from provisioning.signup.places import search
from tenants import hosts

MAIL_ERRORS = (OSError, SMTPException)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, also when it is empty; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def page(name: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Give the view the browser's order, or send the browser to where it belongs."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            opening = desk.current(request)
            if not desk.may_open(request, opening, name):
                return redirect(f"provisioning:{desk.next_page(request, opening)}")
            return view(request, opening, *args, **kwargs)

        return never_cache(shown)

    return decorate


def show(
    request: HttpRequest, name: str, opening: Opening | None, form: Form, **extra: Any
) -> HttpResponse:
    """Render a page of the wizard; what was typed stays, errors come with status 422."""
    context = {"form": form, "opening": opening, "page": name, "pages": desk.PAGES[2:],
               "apex_name": str(hosts.apex()), **extra}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, f"provisioning/wizard/{name}.html", context, status=status)


@never_cache
@form_page
def start(request: HttpRequest) -> HttpResponse:
    """Ask who wants to open a region and mail a code."""
    opening = desk.current(request)
    known = {"email": opening.email, "applicant": opening.applicant,
             "position": opening.position, "reason": opening.reason} if opening else {}  # fmt: skip
    form = StartForm(posted(request), initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            codes.check_rate(email=form.cleaned_data["email"], address=get_ip(request))
            opening = services.begin(**form.cleaned_data, language=get_language() or "id")
        except ValidationError as error:
            form.add_error("email", error)
        except MAIL_ERRORS:
            form.add_error("email", _("The mail could not be sent just now. Try again."))
        else:
            desk.take(request, opening, proved=False)
            return redirect("provisioning:code")
    going_on = desk.next_page(request, opening)
    link = f"provisioning:{going_on}"
    return show(request, "start", opening, form, going_on=going_on, going_on_url=link)


@page("code")
@form_page
def code(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Take the code of the mail."""
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.prove(opening, form.cleaned_data["code"])
        except ValidationError as error:
            form.add_error("code", error)
        else:
            desk.take(request, opening, proved=True)
            opening.refresh_from_db()
            return redirect(f"provisioning:{desk.next_page(request, opening)}")
    return show(request, "code", opening, form)


@page("code")
@require_POST
def another_code(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Mail a new code."""
    form = CodeForm({"code": "000000"})
    try:
        codes.check_rate(email=opening.email, address=get_ip(request))
        services.send_code(opening)
    except ValidationError as error:
        form.add_error("code", error)
    except MAIL_ERRORS:
        form.add_error("code", _("The mail could not be sent just now. Try again."))
    else:
        return redirect("provisioning:code")
    return show(request, "code", opening, form)


@page("region")
@form_page
def region(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Choose one of the 514."""
    form = RegionForm(posted(request), initial={"code": opening.code})
    if request.method == "POST" and form.is_valid():
        services.choose_region(opening, form.cleaned_data["code"])
        return redirect("provisioning:address")
    query = (request.POST.get("q") or request.GET.get("q", "")).strip()
    found = search(query, chosen=str(form["code"].value() or ""))
    part = request.headers.get("HX-Request") and request.method == "GET"
    if part:
        return render(request, "provisioning/parts/places.html", {"found": found, "form": form})
    return show(request, "region", opening, form, found=found, query=query)


@page("address")
@form_page
def address(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Choose the site's address."""
    place = reference.regency(opening.code)
    known = {"slug": opening.slug or rules.suggest_slug(place)}
    form = AddressForm(posted(request), initial=known, code=opening.code)
    if request.method == "POST" and form.is_valid():
        services.choose_address(opening, form.cleaned_data["slug"])
        return redirect("provisioning:preset")
    return show(request, "address", opening, form, place=place)


@page("address")
@require_safe
def address_check(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Say whether what has been typed so far can be had."""
    form = AddressForm({"slug": request.GET.get("slug", "")}, code=opening.code)
    return render(request, "provisioning/parts/address_check.html",
                  {"form": form, "apex_name": str(hosts.apex())})  # fmt: skip


@page("preset")
@form_page
def preset(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Choose what the site begins with."""
    place = reference.regency(opening.code)
    known = {"preset": initial_preset(opening), "name": opening.name or place.full_name}
    form = PresetForm(posted(request), initial=known, place=place)
    if request.method == "POST" and form.is_valid():
        services.choose_preset(opening, **form.cleaned_data)
        return redirect("provisioning:plan")
    return show(request, "preset", opening, form, place=place)


@page("plan")
@form_page
def plan(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Show the plans; the sandbox starts at once, with or without one."""
    form = PlanForm(posted(request), initial={"plan": opening.plan})
    if request.method == "POST" and form.is_valid():
        try:
            opening = services.confirm(
                opening, plan=form.cleaned_data["plan"], population=form.cleaned_data["population"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            launch(opening)
            return redirect("provisioning:steps")
    plans = Plan.objects.filter(offered=True)
    return show(request, "plan", opening, form, plans=plans, place=reference.regency(opening.code))


@never_cache
@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Go on with an order from a link in a mail."""
    try:
        uuid = mail.read_resume_token(token)
    except signing.BadSignature:
        return render(request, "provisioning/wizard/old_link.html", status=410)
    opening = Opening.objects.filter(uuid=uuid).first()
    if opening is None:
        return render(request, "provisioning/wizard/old_link.html", status=410)
    desk.take(request, opening, proved=True)
    return redirect(f"provisioning:{desk.next_page(request, opening)}")


@never_cache
@require_POST
def later(request: HttpRequest) -> HttpResponse:
    """Mail the link to go on, and let the browser forget the order."""
    opening = desk.current(request)
    if opening is None or not request.session.get(desk.PROVED):
        return redirect("provisioning:start")
    try:
        mail.send("resume", opening, {"resume": mail.resume_url(opening)})
    except MAIL_ERRORS:
        return render(
            request, "provisioning/wizard/not_mailed.html", {"opening": opening}, status=503
        )
    desk.leave(request)
    return render(request, "provisioning/wizard/later.html", {"email": opening.email})
