"""Whatever Stripe sends, in whatever order: the account ends up as the API says, nothing is lost.

150 random sequences here, 10,000 in `make soak`: 0 cuts of 112 and report intake, 0 deletions.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings as configure, strategies as st

from balai.context import platform
from provisioning.billing import (
    accounts,
    changing,
    facts,
    inbox,
    mirror,
    prices,
    subscribing,
)
from provisioning.models import BillingAccount, EventState, Invoice, Plan
from provisioning.tests.stripe_fixtures import near  # noqa: F401  # a fixture
from provisioning.tests.test_billing import live  # noqa: F401  # a fixture
from tenants import directory
from tenants.models import ModuleSwitch, Region
from tenants.states import State
from tests.support.stripe_server import Api
from tests.support.stripe_world import World

pytestmark = pytest.mark.django_db
MANY = 10_000 if os.environ.get("BALAI_SOAK") else 150
CUSTOMER = "cus_region"
LIVE = {"active", "trialing", "past_due", "unpaid", "paused"}
BEGUN = {"open": "open", "uncollectible": "open", "paid": "paid", "void": "cancelled"}
PAID_PLANS = ("standard-l", "plus-l")
SAFE = """
SELECT r.state, count(*) FILTER (WHERE s.allowed AND s.enabled
                                 AND s.slug IN ('complaints', 'emergency')), count(*),
       (SELECT count(*) FROM provisioning_invoice),
       (SELECT count(*) FROM provisioning_stripeevent)
FROM tenants_region r JOIN tenants_moduleswitch s ON s.region_id = r.id
WHERE r.id = %s GROUP BY r.state
"""

number = st.integers(0, 5)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("subscribe"), st.sampled_from(PAID_PLANS),
                  st.sampled_from(["active", "active", "trialing", "incomplete"]),
                  st.sampled_from(["send_invoice", "charge_automatically"])),
        st.tuples(st.just("status"), number, st.sampled_from(
            ["active", "past_due", "unpaid", "paused", "canceled", "incomplete_expired"])),
        st.tuples(st.just("settle"), number, st.sampled_from(["paid", "void", "uncollectible"])),
        st.tuples(st.just("due"), number, st.sampled_from([0, 1, 31, 61, 200])),
        st.tuples(st.just("reprice"), number, st.sampled_from(PAID_PLANS),
                  st.sampled_from([-1, 0, 1])),
        st.tuples(st.just("end"), number),
        st.tuples(st.just("order"), st.sampled_from([*PAID_PLANS, "pilot"])),
        st.tuples(st.just("deliver"), number, st.sampled_from([0, 1, 1, 1, 2])),
    ),
    min_size=1, max_size=8,
)  # fmt: skip
rest = st.lists(st.tuples(number, st.sampled_from([0, 1, 2])), max_size=3)


def refuse_writing(execute: Callable, sql: str, *rest: Any) -> Any:
    """Fail for a statement that changes a row."""
    assert not str(sql).startswith(("INSERT", "UPDATE", "DELETE")), sql
    return execute(sql, *rest)


def refuse_deleting(execute: Callable, sql: str, *rest: Any) -> Any:
    """Fail for a statement that deletes; since when dues are overdue is a note, not a record."""
    assert not str(sql).startswith(("DELETE", "DROP", "TRUNCATE")) or "provisioning_dues" in sql
    return execute(sql, *rest)


class Play:
    """One sequence: what happens at Stripe, what arrives of it, and what must hold throughout."""

    def __init__(self, region: Any, world: World, modules: int) -> None:
        self.region, self.world, self.modules = region, world, modules
        self.waiting: list[dict] = []
        self.told = 0
        self.ordered: tuple[str, str] = ("sandbox", "")
        self.chosen: int | None = None
        self.rows = [0, 0]

    def act(self, name: str, *told: Any) -> None:
        """Do one step, then look whether 112 and intake are on and nothing is gone."""
        getattr(self, f"do_{name}")(*told)
        self.waiting += self.world.events[self.told :]
        self.told = len(self.world.events)
        if name in ("deliver", "order"):  # what happens at Stripe alone has not arrived here
            self.must_hold()

    def do_subscribe(self, plan: str, status: str, way: str) -> None:
        price = next(p for p in self.world.all("price") if p["lookup_key"] == f"balai:{plan}")
        told = {"customer": CUSTOMER, "items": [{"price": price["id"]}], "collection_method": way}
        self.world.create_subscription(told, status=status)

    def do_status(self, which: int, status: str) -> None:
        self.on("subscription", which, lambda thing: self.world.put_status(thing, status))

    def do_settle(self, which: int, status: str) -> None:
        self.on("invoice", which, lambda thing: self.world.settle(thing, status))

    def do_due(self, which: int, days: int) -> None:
        self.on("invoice", which, lambda thing: self.world.put_due(thing, days))

    def do_reprice(self, which: int, plan: str, keep: int) -> None:
        def change(thing: dict) -> None:
            if thing["status"] not in LIVE:
                return
            price = next(p for p in self.world.all("price") if p["lookup_key"] == f"balai:{plan}")
            until = timezone.now() + timedelta(days=30 * keep)
            told = {"keep": "plus-l", "keep_until": str(int(until.timestamp()))} if keep else {
                "keep": "", "keep_until": ""}  # fmt: skip
            item = thing["items"]["data"][0]["id"]
            self.world.update_subscription(thing["id"], {
                "items": [{"id": item, "price": price["id"]}], "metadata": told,
                "proration_behavior": "none" if keep else "always_invoice"})  # fmt: skip

        self.on("subscription", which, change)

    def do_end(self, which: int) -> None:
        def end(thing: dict) -> None:
            if thing["status"] in LIVE:
                self.world.update_subscription(thing["id"], {"cancel_at_period_end": True})

        self.on("subscription", which, end)

    def do_order(self, plan: str) -> None:
        """The region's admin orders by invoice; refused while Stripe's subscription runs."""
        if subscribing.runs(self.region):
            return
        account = changing.choose(self.region, Plan.objects.get(slug=plan))
        if account.chosen_at is not None:
            self.chosen = self.world.now()
            moment = datetime.fromtimestamp(self.chosen, UTC)
            BillingAccount.objects.filter(pk=account.pk).update(chosen_at=moment)
            self.ordered = (account.plan.slug, account.next_plan.slug if account.next_plan else "")

    def do_deliver(self, which: int, times: int) -> None:
        """Let one event of those under way come so many times; 0 is lost for ever."""
        if not self.waiting:
            return
        event = facts.event(self.waiting.pop(which % len(self.waiting)))
        for _ in range(times):
            inbox.keep(event)
            assert inbox.process(event.key) == EventState.DONE

    def on(self, kind: str, which: int, do: Callable[[dict], None]) -> None:
        found = self.world.all(kind)
        if found:
            do(found[which % len(found)])

    def must_hold(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(SAFE, [self.region.id])
            [(state, essential, modules, *rows)] = cursor.fetchall()
        assert state in {State.ACTIVE, State.PAST_DUE, State.RESTRICTED}, "served"
        assert essential == 2, "112 and report intake are on"
        assert modules == self.modules, "no switch is gone"
        assert rows[0] >= self.rows[0] and rows[1] >= self.rows[1], "nothing is deleted"
        self.rows = rows

    def must_agree(self) -> None:
        """Compare with the API's state, read here a second time and in another way."""
        account = accounts.of(self.region)
        plan = (account.plan.slug, account.next_plan.slug if account.next_plan else "")
        subscriptions = self.world.all("subscription")
        running = [thing for thing in subscriptions if thing["status"] in LIVE]
        ended = [thing["ended_at"] for thing in subscriptions if thing["status"] == "canceled"]
        if running:
            assert plan == self.meaning(running[0])
        elif ended and (self.chosen is None or max(ended) > self.chosen):
            assert plan == ("pilot", "")
        else:
            assert plan == self.ordered
        never = {thing["id"] for thing in subscriptions if thing["status"].startswith("incomplete")}
        bills = {
            thing["id"]: (BEGUN[thing["status"]], thing["total"] // 100)
            for thing in self.world.all("invoice")
            if thing["parent"]["subscription_details"]["subscription"] not in never
        }
        rows = Invoice.objects.filter(stripe_id__isnull=False)
        assert {row.stripe_id: (row.state, row.total) for row in rows} == bills
        assert self.state() == Region.objects.values_list("state", flat=True).get(pk=self.region.id)

    def meaning(self, thing: dict) -> tuple[str, str]:
        bought = thing["items"]["data"][0]["price"]["metadata"]["plan"]
        told = thing["metadata"]
        kept = told.get("keep") and int(told["keep_until"]) > timezone.now().timestamp()
        then = "pilot" if thing["cancel_at_period_end"] else bought if kept else ""
        return (told["keep"] if kept else bought, then)

    def state(self) -> str:
        today = timezone.localdate()
        late = [(today - row.due_on).days for row in Invoice.objects.filter(state="open")]
        days = max(late, default=0)
        return "restricted" if days > 61 else "past_due" if days > 0 else "active"


@pytest.fixture
def stage(live, near: Api) -> tuple[Any, Api, World]:  # noqa: F811  # the fixtures
    """Kota Tangerang with a customer at a Stripe where all prices are known."""
    with platform():
        accounts.locked(live.id)
        BillingAccount.objects.filter(region_id=live.id).update(stripe_customer=CUSTOMER)
        prices.sync_all()
    return live, near, near.world


def play(stage: tuple[Any, Api, World], script: list, late: list) -> Play:
    """Run a sequence from the beginning, deliver the rest in any order, and sweep once."""
    region, api, start = stage
    world = api.world = World()
    world.things["price"] = {key: dict(row) for key, row in start.things["price"].items()}
    world.things["product"] = start.things["product"]
    world.create_customer({"id": CUSTOMER})
    made = Play(region, world, ModuleSwitch.objects.filter(region_id=region.id).count())
    for step in script:
        made.act(*step)
    for which, times in late:
        made.act("deliver", which, times)
    return made


@configure(
    max_examples=MANY, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(script=steps, late=rest)
def test_any_sequence_converges_and_cuts_nothing(stage, script: list, late: list) -> None:
    with platform(), transaction.atomic():
        with connection.execute_wrapper(refuse_deleting):
            made = play(stage, script, late)
            mirror.converge(CUSTOMER)  # as the daily round does, for what was dropped
        made.must_hold()
        made.must_agree()
        with connection.execute_wrapper(refuse_writing):
            mirror.converge(CUSTOMER)  # a second look changes nothing
        transaction.set_rollback(True)
    directory.invalidate()


def test_the_play_sees_a_product_that_believes_events(stage, monkeypatch) -> None:
    """Positive control: acting on what an event says, not on the API, must be found out."""
    believed: dict[str, list] = {"subscriptions": [], "bills": []}

    def old(customer: str) -> facts.Snapshot:
        return facts.Snapshot(tuple(believed["subscriptions"]), ())

    script = [("subscribe", "plus-l", "active", "send_invoice"), ("status", 0, "canceled"),
              ("deliver", 0, 1), ("deliver", 0, 1), ("deliver", 0, 1)]  # fmt: skip
    with platform(), transaction.atomic():
        play(stage, script, []).must_agree()
        transaction.set_rollback(True)
    monkeypatch.setattr(mirror.gateway, "snapshot", old)
    with platform(), transaction.atomic(), pytest.raises(AssertionError):
        play(stage, script, []).must_agree()


def test_a_customer_deleted_at_stripe_takes_nothing_along(stage) -> None:
    with platform():
        made = play(
            stage, [("subscribe", "plus-l", "active", "send_invoice"), ("deliver", 0, 1)], []
        )
        made.world.delete_customer(made.world.get("customer", CUSTOMER))
        made.act("due", 0, 200)
        for _ in range(len(made.waiting)):
            made.act("deliver", 0, 2)
        account = accounts.of(made.region)
    assert (account.plan.slug, account.stripe_status) == ("plus-l", "deleted")


def test_in_the_worst_state_intake_and_112_answer(stage, client_for, make_user, settings) -> None:
    """Restricted for 200 unpaid days and on the smallest plan: citizens and dispatchers go on."""
    settings.SECOND_FACTOR = "never"
    with platform():
        play(stage, [
            ("subscribe", "plus-l", "active", "send_invoice"), ("due", 0, 200),
            ("status", 0, "canceled"), ("deliver", 0, 1),
        ], [])  # fmt: skip
        assert Region.objects.get(pk=stage[0].id).state == State.RESTRICTED
    directory.invalidate()
    city = directory.by_schema(stage[0].schema)
    assert city.active_modules >= {"complaints", "emergency"}
    assert "jobs" not in city.active_modules, "the plan did shrink"
    assert client_for(city).get("/complaints/new/").status_code == 200
    desk = client_for(city, make_user("dispatcher", city=city))
    assert desk.get("/desk/emergency/board/").status_code == 200
