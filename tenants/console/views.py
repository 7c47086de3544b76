"""The modules page and a module's settings."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balai import context
from balai.accounts.guards import console_required
from balai.modules import registry
from balai.modules.manifest import Module
from tenants import activation, refusals
from tenants.console import forms, rows

MODULES = "tenants_console:modules"
MOVES = {"up": -1, "down": 1}


@require_GET
@console_required
def modules(request: HttpRequest) -> HttpResponse:
    """List all modules, with the switch of each."""
    return _page(request)


@require_POST
@console_required
def switch(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Switch a module; off only after what stops and what stays has been told."""
    module = _module(slug)
    enabled = request.POST.get("enabled") == "on"
    if not enabled and "confirmed" not in request.POST:
        return _page(request, ask=slug)
    try:
        activation.switch(
            context.current_region(), slug, enabled, cascade="cascade" in request.POST
        )
    except refusals.RequirementError as refusal:
        return _page(request, offer=slug, refusal=refusal, enabled=enabled)
    except refusals.SwitchRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        text = _("%(module)s is on.") if enabled else _("%(module)s is off.")
        messages.success(request, text % {"module": registry.label(module)})
    return redirect(MODULES)


@require_POST
@console_required
def edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Rename a module, or move it one place."""
    module = _module(slug)
    region = context.current_region()
    step = MOVES.get(request.POST.get("move", ""))
    if step:
        row = next(row for row in rows.rows(region) if row.module.slug == slug)
        activation.set_position(region, slug, row.position + step)
        return redirect(MODULES)
    form = forms.LabelForm(request.POST)
    if form.is_valid():
        activation.set_label(region, slug, form.cleaned_data["label"])
        name = form.cleaned_data["label"] or module.verbose_name
        messages.success(request, _("Citizens now read %(name)s.") % {"name": name})
    else:
        messages.error(request, _("A name has at most 40 characters."))
    return redirect(MODULES)


@require_http_methods(["GET", "POST"])
@console_required
def settings(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show and store a module's settings by its own form."""
    module = _module(slug)
    if not module.settings_form:
        raise Http404
    region = context.current_region()
    form = forms.settings_form(
        module, region.module_settings.get(slug, {}), request.POST if request.POST else None
    )
    if form.is_valid():
        activation.set_settings(region, slug, forms.as_json(form.cleaned_data))
        messages.success(request, _("Saved."))
        return redirect("tenants_console:settings", slug)
    values = {"module": module, "name": registry.label(module), "form": form}
    return render(request, "tenants/console/settings.html", values)


def _page(request: HttpRequest, **values: object) -> HttpResponse:
    region = context.current_region()
    values |= {"rows": rows.rows(region), "region": region}
    return render(request, "tenants/console/modules.html", values)


def _module(slug: str) -> Module:
    module = registry.get(slug)
    if module is None:
        raise Http404
    return module
