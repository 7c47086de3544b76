"""Stripe: the true client over HTTP against a Stripe of our own, webhooks signed as it signs."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from balai.accounts.models import User
from balai.context import platform
from modules.emergency.tests.test_independence import reached
from provisioning.billing import accounts, changing, gateway, inbox, mirror, prices, subscribing
from provisioning.models import (
    BillingAccount,
    EventState,
    Invoice,
    InvoiceState,
    PaidBy,
    StripeEvent,
)
from provisioning.tests.stripe_fixtures import api, deliver  # noqa: F401  # fixtures
from provisioning.tests.test_billing import ROOT, console, live, plan, state_of  # noqa: F401
from tenants import hosts
from tenants.states import State
from tests.support.stripe_server import VERSION

pytestmark = pytest.mark.django_db
BACK = "http://tangerang.localhost/console/plan/"


def account_of(region) -> BillingAccount:
    return accounts.of(region)


def process_all() -> None:
    with platform():
        for row in StripeEvent.objects.filter(state=EventState.WAITING).order_by("pk"):
            inbox.process(row.event_id)


def test_the_library_speaks_the_version_the_server_is_shaped_like() -> None:
    import stripe

    assert stripe.api_version == VERSION
    assert stripe.VERSION == "16.1.0"


def test_prices_follow_the_plans_and_repeat_nothing(db, api) -> None:  # noqa: F811
    with platform():
        assert prices.sync_all() == 6
        made = {row["lookup_key"]: row for row in api.world.all("price")}
        assert made["balai:standard-l"]["unit_amount"] == 24_000_000_000, "hundredths of a rupiah"
        before = len(api.world.events)
        prices.sync_all()
        assert len(api.world.events) == before
        dearer = plan("standard-l")
        dearer.price = 250_000_000
        key = prices.sync(dearer)
        old, new = made["balai:standard-l"], api.world.get("price", key)
        assert (new["unit_amount"], new["lookup_key"]) == (25_000_000_000, "balai:standard-l")
        assert (old["active"], old["lookup_key"]) == (False, None)
        dearer.offered = False
        assert prices.sync(dearer) == "" and not new["active"]


def test_checkout_pays_and_the_plan_holds_when_stripe_says_so(live, api, deliver) -> None:  # noqa: F811
    world = api.world
    url = subscribing.checkout(live, plan("standard-l"), back=BACK)
    [session] = world.all("checkout.session")
    assert url == session["url"] and session["success_url"] == f"{BACK}?paid=1"
    assert account_of(live).plan.slug == "sandbox", "nothing holds before it is paid"
    world.complete(session)
    for event in world.events:
        assert deliver(event) == 200
    process_all()
    account = account_of(live)
    assert (account.plan.slug, account.paid_by) == ("standard-l", PaidBy.STRIPE)
    with platform():
        row = Invoice.objects.get(region_id=live.id)
    assert (row.state, row.total, row.number[:6]) == (InvoiceState.PAID, 240_000_000, "BALAI-")
    with pytest.raises(changing.ValidationError, match="Stripe"):
        changing.choose(live, plan("plus-l"))
    with pytest.raises(changing.ValidationError):
        subscribing.checkout(live, plan("plus-l"), back=BACK)
    assert subscribing.portal(live, back=BACK).startswith("https://billing.stripe.test/")
    assert len(world.all("customer")) == 1, "the same customer each time"


def test_change_and_end_at_stripe(live, api) -> None:  # noqa: F811
    """Dearer holds and is invoiced at once, cheaper and free with the next period."""
    subscribing.by_invoice(live, plan("standard-l"))
    [running] = api.world.all("subscription")
    assert (running["collection_method"], running["days_until_due"]) == ("send_invoice", 30)
    subscribing.change(live, plan("plus-l"))
    account = account_of(live)
    assert account.plan.slug == "plus-l"
    with platform():
        totals = sorted(Invoice.objects.values_list("total", flat=True))
    assert totals == [120_000_000, 240_000_000]
    subscribing.change(live, plan("standard-l"))
    account = account_of(live)
    assert (account.plan.slug, account.next_plan.slug) == ("plus-l", "standard-l")
    running["metadata"]["keep_until"] = str(int(time.time()) - 1)
    with platform():
        mirror.converge(account.stripe_customer)
    account = account_of(live)
    assert (account.plan.slug, account.next_plan) == ("standard-l", None)
    subscribing.change(live, plan("pilot"))
    account = account_of(live)
    assert running["cancel_at_period_end"]
    assert (account.plan.slug, account.next_plan.slug) == ("standard-l", "pilot")
    api.world.put_status(running, "canceled")
    with platform():
        mirror.converge(account.stripe_customer)
    assert account_of(live).plan.slug == "pilot"
    changing.choose(live, plan("standard-l"))
    with platform():
        mirror.converge(account.stripe_customer)
    assert account_of(live).plan.slug == "standard-l", "an order by invoice outlives what had ended"


def test_unpaid_at_stripe_reaches_the_life_cycle(live, api) -> None:  # noqa: F811
    subscribing.by_invoice(live, plan("standard-l"))
    [invoice] = api.world.all("invoice")
    customer = account_of(live).stripe_customer
    for days, state in ((1, State.PAST_DUE), (70, State.RESTRICTED)):
        api.world.put_due(invoice, days)
        with platform():
            mirror.converge(customer)
        assert state_of(live) == state
    api.world.settle(invoice, "uncollectible")
    with platform():
        mirror.converge(customer)
        assert state_of(live) == State.RESTRICTED, "given up collecting is not paid"
        api.world.settle(invoice, "paid")
        mirror.converge(customer)
    assert state_of(live) == State.ACTIVE


def test_webhooks_are_signed_fresh_and_kept_once(live, api, deliver, settings) -> None:  # noqa: F811
    event = api.world.tell("customer.updated", {"object": "customer", "id": "cus_1"})
    now = int(time.time())
    assert deliver(event, secret="whsec_other") == 400
    assert deliver(event, at=now - 301) == 400
    apex = Client(HTTP_HOST=str(hosts.apex()))
    address = "/webhooks/stripe/"
    assert apex.post(address, b"{}", "application/json").status_code == 400
    assert apex.get(address).status_code == 405
    assert apex.post(address, b"x" * 300_000, "application/json").status_code == 413
    assert deliver(event) == deliver(event) == deliver(event, at=now - 299) == 200
    with platform():
        assert StripeEvent.objects.count() == 1
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert deliver(event) == 404
    assert Client(HTTP_HOST=live.host).post(address).status_code == 404, "at the apex only"


def test_what_cannot_be_done_waits_and_then_lies_with_the_operators(
    live, api, deliver, settings  # noqa: F811  # the fixtures
) -> None:  # fmt: skip
    subscribing.by_invoice(live, plan("standard-l"))
    event = api.world.events[-1]
    assert deliver(event) == 200
    api.down = True
    settings.STRIPE_API_BASE += "/"  # a client of its own without waiting between its tries
    with platform():
        row = StripeEvent.objects.get()
        StripeEvent.objects.update(attempts=inbox.TRIES - 2)
        client = gateway._client(settings.STRIPE_API_KEY, settings.STRIPE_API_BASE,
                                 gateway.transport)  # fmt: skip
        client._requestor._options.max_network_retries = 0
        assert inbox.process(row.event_id) == EventState.WAITING
        assert inbox.process_waiting() == 0, "its next try is hours away"
        assert inbox.process(row.event_id) == EventState.DEAD
        row.refresh_from_db()
        assert row.error.startswith("GatewayError APIError")
        api.down = False
        operator = _operator(settings)
        page = operator.get("/operator/provisioning/stripeevent/?state__exact=dead")
        assert event["type"] in page.content.decode()
        operator.post("/operator/provisioning/stripeevent/",
                      {"action": "retry", "_selected_action": [row.pk]})  # fmt: skip
        row.refresh_from_db()
        assert row.state == EventState.DONE
        asked = len(api.asked)
        assert inbox.process(row.event_id) == EventState.DONE and len(api.asked) == asked
        assert inbox.replay(since=timedelta(days=1)) == 1 and len(api.asked) > asked


def _operator(settings) -> Client:
    settings.SECOND_FACTOR = "never"
    client = Client(HTTP_HOST=str(hosts.apex()))
    user = User.objects.create_superuser(email="operator@balai.test", password="x")
    client.force_login(user, "balai.accounts.backends.RoleBackend")
    return client


def test_operators_edit_plans_write_invoices_and_note_payments(live, settings) -> None:  # noqa: F811
    with platform():
        operator = _operator(settings)
        base = "/operator/provisioning"
        pilot = plan("pilot")
        told = {"slug": "pilot", "family": "pilot", "name_id": "Rintisan", "name_en": "Pilot",
                "summary_id": "x", "summary_en": "x", "population_from": 0,
                "price": 0, "position": 10, "offered": "on", 
                "modules": ["complaints", "news", "jobs"]}  # fmt: skip
        page = f"{base}/plan/{pilot.pk}/change/"
        assert (
            operator.post(page, told | {"population_from": 9, "population_to": 5}).status_code
            == 200
        )
        assert operator.post(page, told).status_code == 302
        pilot.refresh_from_db()
        assert "jobs" in pilot.modules
        written = {"region": live.id, "text": "Pelatihan", "net": 5_000_000, "po_number": "PO 1"}
        assert operator.post(f"{base}/invoice/add/", written | {"net": 0}).status_code == 200
        assert operator.post(f"{base}/invoice/add/", written).status_code == 302
        row = Invoice.objects.get()
        page = f"{base}/invoice/{row.pk}/change/"
        paid = {"paid_on": str(timezone.localdate()), "paid_amount": 4_900_000,
                "paid_reference": "SP2D 1"}  # fmt: skip
        assert operator.post(page, paid | {"paid_amount": 6_000_000}).status_code == 200
        assert operator.post(page, paid).status_code == 302
        row.refresh_from_db()
        assert (row.state, row.paid_noted_by) == (InvoiceState.PAID, str(User.objects.get()))
        chosen = {"action": "undo_payment", "_selected_action": [row.pk]}
        operator.post(f"{base}/invoice/", chosen)
        asked = operator.post(f"{base}/invoice/", chosen | {"action": "cancel"})
        assert asked.status_code == 200 and 'name="reason"' in asked.content.decode()
        operator.post(f"{base}/invoice/", chosen | {"action": "cancel", "reason": "Salah"})
        row.refresh_from_db()
        assert (row.state, row.reason) == (InvoiceState.CANCELLED, "Salah")
        assert operator.post(f"{base}/invoice/{row.pk}/delete/", {"post": "yes"}).status_code == 403
        assert operator.get(f"{base}/invoice/document/{row.pk}/").content[:5] == b"%PDF-"
        account = accounts.locked(live.id)
        page = f"{base}/billingaccount/{account.pk}/change/"
        agreed = {"plan": plan("plus-l").pk, "population": 1_900_000}
        assert operator.post(page, agreed).status_code == 302
    assert account_of(live).plan.slug == "plus-l"


def test_without_a_key_nothing_asks_stripe(live, console, monkeypatch) -> None:  # noqa: F811
    def never() -> None:
        raise AssertionError("Stripe was asked")

    monkeypatch.setattr(gateway, "transport", never)
    assert not gateway.configured()
    told = {"population": "1900000", "legal_name": "Dinas Kominfo"}
    assert console.post("/console/plan/choose/standard-l/", told).status_code == 302
    assert console.get("/console/plan/").status_code == 200
    assert console.post("/console/plan/stripe/").status_code == 302
    assert account_of(live).plan.slug == "standard-l"


def test_complaints_and_112_reach_no_money_by_any_path() -> None:
    """Emergency has this test of its own; complaints may not either."""
    own = [path for path in (ROOT / "modules" / "complaints").rglob("*.py")
           if "tests" not in path.parts]  # fmt: skip
    names, _files = reached(own)
    assert {n for n in names if set(n.split(".")) & {"provisioning", "stripe", "billing"}} == set()


def test_billing_sets_no_state_and_deletes_nothing() -> None:
    import ast

    for path in (ROOT / "provisioning" / "billing").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("delete", "raw_delete"), path
            if isinstance(node, ast.ImportFrom):
                assert node.module != "provisioning.lifecycle.moves", path
            if isinstance(node, ast.Assign):
                targets = [t for t in node.targets if isinstance(t, ast.Attribute)]
                for target in targets:
                    owner = ast.unparse(target.value)
                    assert target.attr != "state" or owner in ("row", "found"), (path, owner)
