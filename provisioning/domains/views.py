"""The console's page of own domains: add, prove, prefer, remove."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from balai import context
from balai.accounts.guards import console_required
from provisioning.domains import dns, entitlement, names, services
from provisioning.domains.dns import Problem
from provisioning.models import OwnDomain
from tenants.models import Domain

HOME = "domains_console:index"
PAUSE = 10  # seconds between two looks at one domain
PROBLEMS = {
    Problem.MISSING: gettext_lazy("There is no TXT record at this name yet."),
    Problem.OTHER: gettext_lazy("There are TXT records, but none with your proof."),
    Problem.SILENT: gettext_lazy("The name servers of this domain do not answer."),
    Problem.TAKEN: gettext_lazy("Another region has this domain, or it is kept back."),
}


class AddForm(forms.Form):
    """One more domain."""

    name = forms.CharField(
        label=gettext_lazy("Domain"), max_length=253,
        help_text=gettext_lazy("For example layanan.kota.go.id. You prove it in the next step."),
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )  # fmt: skip


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show all addresses of the region, with what is still to do; POST adds a domain."""
    form = AddForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add(typed=form.cleaned_data["name"], by=_user(request).label)
        except ValidationError as error:
            form.add_error("name", error)
        else:
            messages.success(request, _("Now prove that the domain is yours: set the TXT record."))
            return redirect(HOME)
    return render(request, "provisioning/domains/index.html",
                  {**_addresses(), "form": form}, status=422 if form.errors else 200)  # fmt: skip


@console_required
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for the proof now."""
    own = _own(pk)
    if not cache.add(f"domain_check:{pk}", 1, PAUSE):
        messages.info(request, _("It was looked for a moment ago. Try again in ten seconds."))
        return redirect(HOME)
    with context.platform():
        problem = services.check(own)
    if problem:
        messages.error(request, str(PROBLEMS[problem]))
    else:
        messages.success(request, _("%(name)s is proved.") % {"name": names.spoken(own.name)})
    return redirect(HOME)


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def prefer(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then make an address the main one."""
    region = context.current_region()
    with context.platform():
        domain = Domain.objects.filter(pk=pk, tenant_id=region.id).first()
    if domain is None:
        raise Http404
    if request.method == "POST":
        try:
            services.prefer(domain, by=_user(request).label)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(HOME)
    name = names.spoken(domain.domain)
    return render(request, "balai/confirm.html", {
        "confirm_base": "balai/console.html",
        "question": _("Make %(name)s the main address?") % {"name": name},
        "stops": _("Everybody signs in again there, and passkeys are made anew: they belong to one"
                   " address. Apps that sign in through this site need its new address, too."),
        "stays": _("The other addresses lead there; links in mails name the new one."),
        "yes": _("Make it the main address"), "no": _("Keep as it is"), "back": reverse(HOME),
    })  # fmt: skip


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take a domain off the region."""
    own = _own(pk)
    if request.method == "POST":
        services.remove(own)
        messages.success(request, _("%(name)s is removed.") % {"name": names.spoken(own.name)})
        return redirect(HOME)
    stops = _("The site no longer answers there.")
    if own.proved_at:
        stops += " " + _("Nobody can use it on this platform for 90 days, you neither.")
    return render(request, "balai/confirm.html", {
        "confirm_base": "balai/console.html", "danger": True,
        "question": _("Remove %(name)s?") % {"name": names.spoken(own.name)},
        "stops": stops,
        "stays": _("The address under this platform works as always."),
        "yes": _("Remove"), "no": _("Keep it"), "back": reverse(HOME),
    })  # fmt: skip


def _addresses() -> dict[str, Any]:
    region = context.current_region()
    with context.platform():
        domains = list(Domain.objects.filter(tenant_id=region.id).order_by("kind", "domain"))
        own = list(OwnDomain.objects.filter(region_id=region.id))
    served = {domain.domain: domain for domain in domains}
    main = region.host.partition(":")[0]
    return {
        "platform": [domain for domain in domains if domain.kind == "platform"],
        "main": main,
        "own": [_shown(item, served.get(item.name), main) for item in own],
        "entitled": entitlement.includes_domains(region),
        "target": services.platform_name(region.slug),
    }


def _shown(own: OwnDomain, served: Domain | None, main: str) -> dict[str, Any]:
    trusted = served is not None and served.is_trusted
    return {
        "row": own, "served": served, "trusted": trusted, "main": trusted and own.name == main,
        "spoken": names.spoken(own.name), "record": names.record(own.name),
        "value": f"{dns.KEY}{own.token}",
        "problem": PROBLEMS.get(Problem(own.problem), "") if own.checked_at else "",
    }  # fmt: skip


def _own(pk: int) -> OwnDomain:
    region = context.current_region()
    with context.platform():
        own = OwnDomain.objects.select_related("region").filter(pk=pk, region_id=region.id).first()
    if own is None:
        raise Http404
    return own


def _user(request: HttpRequest) -> Any:
    return request.user
