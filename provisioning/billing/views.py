"""The region's admin sees plan, usage and invoices, and orders another plan."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai import context
from balai.accounts.guards import console_required
from balai.ui.paging import paged
from provisioning.billing import accounts, changing, entitlements, gateway, subscribing, usage
from provisioning.billing.forms import (
    BY_CHECKOUT,
    BY_STRIPE_INVOICE,
    BY_TRANSFER,
    DetailsForm,
    OrderForm,
)
from provisioning.models import BillingAccount, Invoice, Plan
from provisioning.views.wizard import posted
from tenants.states import State

HOME: Final = "provisioning_console:billing:index"
PER_PAGE: Final = 20


@console_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the plan, what is used, what other plans bring, and the invoices."""
    region = context.current_region()
    account = accounts.of(region)
    if request.GET.get("paid"):
        messages.info(request, _("Thank you. The plan changes as soon as Stripe confirms it."))
    with context.platform():
        invoices = Invoice.objects.filter(region_id=region.id)
        page = paged(request, invoices, PER_PAGE)
        rows = list(page)
        offered = list(Plan.objects.filter(offered=True))
    shown = {
        "account": account, "usage": usage.usage(), "page_obj": page,
        "plans": _comparison(region, account, offered),
        "invoices": rows, "runs_at_stripe": account.stripe_status in changing.LIVE,
        "at_stripe": bool(account.stripe_customer) and gateway.configured(),
    }  # fmt: skip
    return render(request, "provisioning/billing/index.html", shown)


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Keep whom to invoice."""
    region = context.current_region()
    form = DetailsForm(posted(request), instance=accounts.of(region))
    if request.method == "POST" and form.is_valid():
        accounts.set_details(region, **form.cleaned_data)
        messages.success(request, _("Saved. Invoices from now on say so."))
        return redirect(HOME)
    status = 422 if form.errors else 200
    return render(request, "provisioning/billing/details.html", {"form": form}, status=status)


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, plan: str) -> HttpResponse:
    """Say what another plan means, and order it."""
    region = context.current_region()
    account = accounts.of(region)
    with context.platform():
        wanted = Plan.objects.filter(slug=plan, offered=True).first()
    if wanted is None:
        raise Http404
    runs = account.stripe_status in changing.LIVE
    form = OrderForm(posted(request), instance=account, priced=bool(wanted.price), running=runs)
    if request.method == "POST" and form.is_valid():
        try:
            return _order(request, region, wanted, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except gateway.GatewayError:
            form.add_error(None, _("Stripe cannot be reached just now. Try again, or order by "
                                   "transfer."))  # fmt: skip
    shown = {
        "plan": wanted, "form": form, "account": account, "runs_at_stripe": runs,
        "terms": changing.terms(account, wanted, timezone.localdate()),
        "change": entitlements.difference(region, account.plan, wanted),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "provisioning/billing/choose.html", shown, status=status)


@console_required
@require_POST
def portal(request: HttpRequest) -> HttpResponse:
    """Lead to Stripe's page for cards and receipts."""
    try:
        return _onward(request, subscribing.portal(context.current_region(), back=_back()))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except gateway.GatewayError:
        messages.error(request, _("Stripe cannot be reached just now. Try again in a minute."))
    return redirect(HOME)


@console_required
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out an invoice: our PDF, or the way to Stripe's page."""
    region = context.current_region()
    with context.platform():
        found = Invoice.objects.select_related("region", "credits").filter(
            region_id=region.id, pk=pk
        ).first()  # fmt: skip
    if found is None:
        raise Http404
    if found.stripe_id:
        return redirect(found.url or HOME)
    from provisioning.billing import pdf  # fpdf loads slowly, and few processes print

    name = f"{found.number.replace('/', '-')}.pdf"
    answer = HttpResponse(pdf.render(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _order(
    request: HttpRequest, region: context.Region, plan: Plan, told: dict[str, Any]
) -> HttpResponse:
    """Order a plan in the chosen way, and lead to what comes next."""
    po_number, way = told.pop("po_number", ""), told.pop("way", BY_TRANSFER)
    if told:
        accounts.set_details(region, **told)
    if subscribing.runs(region):
        subscribing.change(region, plan)
    elif way == BY_CHECKOUT:
        return _onward(request, subscribing.checkout(region, plan, back=_back()))
    elif way == BY_STRIPE_INVOICE:
        subscribing.by_invoice(region, plan)
    else:
        changing.choose(region, plan, po_number=po_number)
    messages.success(request, _("Ordered. You find the plan and its invoice here."))
    return redirect(HOME)


def _comparison(
    region: context.Region, account: BillingAccount, offered: list[Plan]
) -> list[dict[str, Any]]:
    """Return the plans a region may choose, each with what it would bring."""
    people = account.population
    plans = [
        plan
        for plan in offered
        if (people is None or not plan.price or plan.fits(people))
        and (plan.slug != accounts.FIRST_PLAN or region.state == State.SANDBOX)
    ]
    if account.plan not in plans:
        plans.insert(0, account.plan)
    return [
        {"plan": plan, "current": plan == account.plan,
         "next": plan == account.next_plan, "modules": len(plan.entitled),
         "change": entitlements.difference(region, account.plan, plan)}
        for plan in plans
    ]  # fmt: skip


def _onward(request: HttpRequest, url: str) -> HttpResponse:
    """Lead to Stripe by a link: no form may lead off this site, not even by a redirect."""
    return render(request, "provisioning/billing/onward.html", {"url": url})


def _back() -> str:
    return context.current_region().base_url + reverse(HOME)
