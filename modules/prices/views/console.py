"""The console's lists: markets, the panel of traders, groups and goods."""

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
from modules.prices.console_forms import GroupForm, MarketForm, TraderForm, VarietyForm
from modules.prices.models import Group, Market, Trader, Variety
from modules.prices.services import catalogue
from modules.prices.services.catalogue import Row
from modules.prices.workflow import NotAllowed

UNDO: Final = "prices_console_undo"
BACK: Final = {"up": "down", "down": "up", "on": "off", "off": "on"}
"""What a list can be told of one of its rows, and what takes it back."""


@never_cache
@require_safe
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """List the markets in the region's order."""
    rows = Market.objects.select_related("area", "enumerator").defer("area__boundary")
    return _list(request, "markets", rows)


@never_cache
@require_safe
@console_required
def traders(request: HttpRequest) -> HttpResponse:
    """List the panel market by market."""
    rows = Trader.objects.select_related("market").exclude(name=catalogue.FORGOTTEN)
    labels = {row.slug: row.label for row in Group.objects.all()}
    ordered = rows.order_by("market__position", "market_id", "position", "id")
    panel = [(row, [labels.get(slug, slug) for slug in row.groups]) for row in ordered]
    return _list(request, "traders", panel)


@never_cache
@require_safe
@console_required
def goods(request: HttpRequest) -> HttpResponse:
    """List groups with their goods, also those that are not asked."""
    varieties: dict[int, list[Variety]] = {}
    for row in Variety.objects.order_by("position", "id"):
        varieties.setdefault(row.group_id, []).append(row)
    groups = [(group, varieties.get(group.pk, [])) for group in Group.objects.all()]
    return _list(request, "goods", groups)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def market(request: HttpRequest, market: str = "") -> HttpResponseBase:
    """Change one market, or add one."""
    found = get_object_or_404(Market, slug=market) if market else None
    return _edit(request, MarketForm, found, (_("Markets"), _("Add a market")), "index")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def trader(request: HttpRequest, trader: uuid.UUID | None = None) -> HttpResponseBase:
    """Change one trader, or add one to the panel of a market."""
    found = get_object_or_404(Trader, uuid=trader) if trader else None
    first = None if found else Market.objects.filter(slug=request.GET.get("market", "")).first()
    words = (_("Traders"), _("Add a trader"))
    started = {"market": first} if first else None
    return _edit(request, TraderForm, found, words, "traders", initial=started)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def group(request: HttpRequest, group: str = "") -> HttpResponseBase:
    """Change one group, or add one."""
    found = get_object_or_404(Group, slug=group) if group else None
    return _edit(request, GroupForm, found, (_("Goods"), _("Add a group")), "goods")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def variety(request: HttpRequest, variety: str = "") -> HttpResponseBase:
    """Change one good, or add one to a group."""
    found = get_object_or_404(Variety, slug=variety) if variety else None
    first = None if found else Group.objects.filter(slug=request.GET.get("group", "")).first()
    started = {"group": first} if first else None
    return _edit(
        request, VarietyForm, found, (_("Goods"), _("Add goods")), "goods", initial=started
    )  # fmt: skip


@require_POST
@console_required
def market_change(request: HttpRequest, market: str) -> HttpResponseBase:
    """Move a market, ask there or not."""
    return _change(request, get_object_or_404(Market, slug=market), "index")


@require_POST
@console_required
def trader_change(request: HttpRequest, trader: uuid.UUID) -> HttpResponseBase:
    """Move a trader within their market, ask them or not."""
    return _change(request, get_object_or_404(Trader, uuid=trader), "traders")


@require_POST
@console_required
def group_change(request: HttpRequest, group: str) -> HttpResponseBase:
    """Move a group."""
    return _change(request, get_object_or_404(Group, slug=group), "goods")


@require_POST
@console_required
def variety_change(request: HttpRequest, variety: str) -> HttpResponseBase:
    """Move goods within their group, ask for them or not."""
    return _change(request, get_object_or_404(Variety, slug=variety), "goods")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def trader_forget(request: HttpRequest, trader: uuid.UUID) -> HttpResponseBase:
    """Ask, then take a trader's name, stall and telephone away."""
    found = get_object_or_404(Trader, uuid=trader)
    if request.method == "POST":
        catalogue.forget(trader=found)
        messages.success(request, _("Their name, stall and telephone are gone."))
        return redirect("prices_console:traders")
    words = {
        "question": _("Forget %(name)s?") % {"name": found.name},
        "stops": _("Name, stall and telephone are deleted for good. Nobody asks there any more."),
        "stays": _("Their prices stay, without a name."), "yes": _("Forget"), "no": _("Back"),
        "back": reverse("prices_console:trader", args=[trader]), "danger": True,
        "confirm_base": "balai/console.html",
    }  # fmt: skip
    return render(request, "balai/confirm.html", words)


def _list(request: HttpRequest, name: str, rows: Any) -> HttpResponse:
    page = {"rows": rows, "here": name, "undo": request.session.pop(UNDO, None)}
    return render(request, f"prices/console/{name}.html", page)


def _change(request: HttpRequest, row: Row, back: str) -> HttpResponseBase:
    wanted, page = request.POST.get("do", ""), f"prices_console:{back}"
    if wanted in ("up", "down"):
        catalogue.move(row=row, step=-1 if wanted == "up" else 1)
    elif wanted in ("on", "off") and not isinstance(row, Group):
        catalogue.ask(row=row, active=wanted == "on")
    else:
        return redirect(page)
    request.session[UNDO] = {"url": request.path, "do": BACK[wanted], "label": str(row)}
    return redirect(f"{reverse(page)}#undo")


def _edit(
    request: HttpRequest, kind: Any, found: Any, words: tuple[str, str], back: str, **more: Any
) -> HttpResponseBase:
    before, name = (catalogue.traced(found), str(found)) if found else (None, words[1])
    form = kind(request.POST or None, instance=found, **more)
    if request.method == "POST" and form.is_valid():
        try:
            row = catalogue.save(row=form.save(commit=False), before=before)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved: %(label)s.") % {"label": row})
            return redirect(f"prices_console:{back}")
    page = {
        "form": form, "name": name, "list": words[0], "back": reverse(f"prices_console:{back}"),
        "forget": found if isinstance(found, Trader) else None,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "prices/console/row.html", page, status=status)
