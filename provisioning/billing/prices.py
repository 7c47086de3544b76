"""Stripe's products and prices, made from our plans. Repeating it changes nothing."""

from typing import Any

from provisioning.billing import gateway
from provisioning.billing.money import CURRENCY, to_minor
from provisioning.models import Plan


def sync(plan: Plan) -> str:
    """Make Stripe's price equal to the plan's; return its key, "" for a plan without a price.

    A price is never changed there: a new one takes over the lookup key, the old one is archived.
    Who subscribed to it goes on paying it until the plan is chosen anew.

    Raises:
        GatewayError: when Stripe cannot be asked.
    """
    with gateway.api() as v1:
        lookup = lookup_key(plan)
        found = v1.prices.list({"lookup_keys": [lookup], "active": True}).data
        current = found[0] if found else None
        wanted = to_minor(plan.price) if plan.price and plan.offered else None
        if current is not None and current.unit_amount == wanted:
            return str(current.id)
        made = ""
        if wanted is not None:
            made = str(v1.prices.create(_price(plan, _product(v1, plan), wanted, lookup)).id)
        if current is not None:
            v1.prices.update(current.id, {"active": False})
        return made


def sync_all() -> int:
    """Bring every plan's price in line; return how many have one."""
    return sum(bool(sync(plan)) for plan in Plan.objects.all())


def lookup_key(plan: Plan) -> str:
    """Return the name by which a plan's price is found at Stripe."""
    return f"balai:{plan.slug}"


def _price(plan: Plan, product: str, amount: int, lookup: str) -> dict[str, Any]:
    return {
        "product": product, "currency": CURRENCY, "unit_amount": amount, "lookup_key": lookup,
        "transfer_lookup_key": True, "recurring": {"interval": "year"},
        "metadata": {"plan": plan.slug},
    }  # fmt: skip


def _product(v1: Any, plan: Plan) -> str:
    """Return the plan's product, made when it is missing."""
    key = f"balai-{plan.slug}"
    ours = v1.products.list({"ids": [key]}).data
    if not ours:
        v1.products.create({"id": key, "name": plan.name_id, "metadata": {"plan": plan.slug}})
    elif ours[0].name != plan.name_id:
        v1.products.update(key, {"name": plan.name_id})
    return key
