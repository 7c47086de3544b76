"""Two persons and 30 days; the sandbox's clock; mails once and until they arrive."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from balai import tasks
from balai.accounts.models import User
from balai.audit.models import Entry
from balai.context import platform, region_context
from provisioning.golive import services as golive
from provisioning.lifecycle import banner, clock, dues, ending, notices, sandbox
from provisioning.models import Ending, LifeNotice
from tenants import directory
from tenants.models import Region
from tenants.states import State

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 5, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def row(region, monkeypatch) -> Region:
    monkeypatch.setattr(banner, "memo", lambda _name, _seconds, make: make())
    with platform():
        Region.objects.filter(pk=region.id).update(state=State.ACTIVE, sandbox_until=None)
    directory.invalidate()
    return _read(region)


@pytest.fixture
def admins(region, make_user) -> tuple[User, User]:
    return make_user("admin", city=region), make_user("admin", city=region)


def _read(region) -> Region:
    with platform():
        return Region.objects.get(pk=region.id)


def _in(region):
    return region_context(directory.by_schema(region.schema))


def _begin(region, admins) -> Ending:
    with _in(region):
        ending.ask(by=admins[0], reason="Own site", now=NOW)
        return ending.confirm(by=admins[1], now=NOW)


def _keys() -> list[str]:
    with platform():
        return [key.partition(":")[0] for key in
                LifeNotice.objects.order_by("pk").values_list("key", flat=True)]  # fmt: skip


def test_two_different_persons_end_a_region_and_an_operator_alone_never(
    region, row, admins, make_user
) -> None:
    with platform():
        operator = User.objects.create_superuser(email="operator@balai.test", password="x")
        twin = User.objects.create_superuser(email=admins[0].email, password="x")
        with pytest.raises(ValidationError, match="konfirmasi"):
            ending.confirm_as_operator(row, by=operator)
    officer = make_user("leader", city=region)
    with _in(region):
        for stranger in (operator, officer):
            with pytest.raises(PermissionDenied):
                ending.ask(by=stranger, reason="x")
        ending.ask(by=admins[0], reason="Own site", now=NOW)
        for again in (admins[0], admins[1]):
            with pytest.raises(ValidationError):
                ending.ask(by=again, reason="x")
        with pytest.raises(ValidationError) as error:
            ending.confirm(by=admins[0], now=NOW)
        assert error.value.code == "same_person"
    with platform():
        with pytest.raises(ValidationError) as error:
            ending.confirm_as_operator(row, by=twin, now=NOW)
        assert error.value.code == "same_person"
        assert _read(region).state == State.ACTIVE
        found = ending.confirm_as_operator(row, by=operator, now=NOW)
    assert (row.state, found.ends_at) == (State.CLOSING, NOW + 30 * DAY)
    with _in(region):
        actions = set(Entry.objects.values_list("action", flat=True))
    assert {"region.ending_asked", "region.moved"} <= actions


def test_what_nobody_confirms_is_void_after_14_days(region, row, admins) -> None:
    with _in(region):
        ending.ask(by=admins[0], reason="", now=NOW)
        with pytest.raises(ValidationError):
            ending.confirm(by=admins[1], now=NOW + 15 * DAY)
    with platform():
        clock.turn(NOW + 15 * DAY)
    assert ending.current(region.id) is None and _read(region).state == State.ACTIVE


def test_any_admin_takes_it_back_and_debts_stay_debts(region, row, admins, make_user) -> None:
    dues.review(row, overdue_since=NOW - 70 * DAY, now=NOW)
    _begin(region, admins)
    third = make_user("admin", city=region)
    with _in(region):
        assert ending.take_back(by=third, now=NOW + DAY).state == State.RESTRICTED
        with pytest.raises(ValidationError):
            ending.take_back(by=third)
    with platform():
        assert Ending.objects.get().taken_back_by == third.label
    _begin(region, admins)  # and it may be asked for again


def test_the_clock_closes_only_after_the_export_was_offered(region, row, admins) -> None:
    begun = _begin(region, admins)
    with platform():
        clock.turn(NOW + 24 * DAY)
        clock.turn(NOW + 24 * DAY)
        clock.turn(NOW + 29 * DAY + timedelta(hours=1))
        clock.turn(NOW + 31 * DAY)
        assert _read(region).state == State.CLOSING and not ending.due(NOW + 31 * DAY)
        ending.offer_export(region.id, now=NOW + 31 * DAY)
        with pytest.raises(ValidationError):
            ending.close(begun, now=NOW + 29 * DAY)
        for _twice in range(2):
            clock.turn(NOW + 32 * DAY)
    assert _read(region).state == State.CLOSED
    with platform():
        assert Ending.objects.get().closed_at == NOW + 32 * DAY
    assert _keys() == ["ending-asked", "ending", "ending-7", "ending-1", "closed"]


def test_a_sandbox_is_warned_runs_out_and_may_still_go_live(region, admins) -> None:
    with platform():
        Region.objects.filter(pk=region.id).update(sandbox_until=NOW + 30 * DAY)
        for day in (0, 22, 23, 24, 29, 30, 31):
            clock.turn(NOW + day * DAY)
    assert _keys() == ["sandbox-7", "sandbox-1", "sandbox-over"]
    assert _read(region).state == State.CLOSING
    assert ending.current(region.id).ends_at == NOW + 44 * DAY
    with _in(region):
        with pytest.raises(ValidationError):
            ending.take_back(by=admins[0])
        request = golive.ask(by=admins[0])
    with platform():
        golive.decide(request, approved=True)
        live = _read(region)
        assert (live.state, live.sandbox_until, ending.current(region.id)) == ("active", None, None)


def test_no_sandbox_runs_out_while_operators_owe_an_answer_and_they_may_prolong_it(
    region, admins
) -> None:
    with _in(region):
        request = golive.ask(by=admins[0])
    with platform():
        Region.objects.filter(pk=region.id).update(sandbox_until=NOW)
        assert sandbox.turn(NOW + DAY) == 0
        golive.decide(request, approved=False, answer="PKS?")
        assert sandbox.turn(NOW + DAY) == 1
        for days in (0, 91):
            with pytest.raises(ValidationError):
                sandbox.extend(_read(region), days=days, by="operator")
        back = sandbox.extend(_read(region), days=20, by="operator", now=NOW + 2 * DAY)
    assert (back.state, back.sandbox_until) == (State.SANDBOX, NOW + 22 * DAY)


def test_bills_remind_once_a_round_and_the_clock_advances_by_itself(region, row) -> None:
    dues.review(row, overdue_since=NOW, now=NOW)
    with platform():
        for day in (1, 2, 30, 31, 35, 41, 60, 61, 75):
            clock.turn(NOW + day * DAY)
    assert _read(region).state == State.RESTRICTED
    assert _keys() == ["overdue-0", "overdue-1", "overdue-2", "overdue-3", "restricted"]


def test_mails_reach_every_admin_once_in_their_language_and_are_tried_again(
    region, row, admins, settings
) -> None:
    with region_context(region):
        User.objects.filter(pk=admins[0].pk).update(language="en")
    with platform():
        notices.plan(row, "a", "ending", until=NOW)
        assert not notices.plan(row, "a", "ending", until=NOW)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_PORT = 1
        assert notices.send_waiting() == 0
        assert LifeNotice.objects.get().attempts == 1
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert notices.send_waiting() == 1
        assert notices.send_waiting() == 0
    english, indonesian = mail.outbox
    assert english.bcc == [admins[0].email] and admins[1].email in indonesian.bcc
    assert "The site closes on 1 June 2026" in english.subject
    assert f"{region.base_url}/console/life/" in english.body


def test_the_page_and_the_bars_say_what_is_so_and_what_comes(
    region, row, admins, client_for, settings
) -> None:
    settings.SECOND_FACTOR = "never"  # tested with the accounts
    console = client_for(region, admins[0])
    page = console.get("/console/life/").content.decode()
    assert page.count("chip--green") == 9 and "data-life" not in page
    dues.review(row, overdue_since=timezone.now() - 40 * DAY)
    directory.invalidate()
    page = console.get("/console/life/").content.decode()
    assert 'data-life="amber"' in page and page.count("chip--green") == 9
    dues.review(row, overdue_since=timezone.now() - 70 * DAY)
    directory.invalidate()
    page = console.get("/console/life/").content.decode()
    assert 'data-life="red"' in page and page.count("chip--green") == 8
    assert 'data-life="red"' in console.get("/desk/complaints/").content.decode()
    assert "data-life" not in client_for(region).get("/about/").content.decode()
    with _in(region):
        ending.ask(by=admins[0], reason="Own site")
        ending.confirm(by=admins[1])
    directory.invalidate()
    page = console.get("/console/life/").content.decode()
    assert admins[1].label in page and "30 " in page and "take-back" in page
    assert "data-life" in client_for(region).get("/about/").content.decode()
    assert console.get("/console/life/take-back/").status_code == 200
    for _twice in range(2):
        assert console.post("/console/life/take-back/").status_code == 302
    directory.invalidate()
    assert directory.by_schema(region.schema).state == State.RESTRICTED


def test_jobs_go_on_in_every_state_that_money_can_bring(region, row) -> None:
    for state in (State.SANDBOX, State.ACTIVE, State.PAST_DUE, State.RESTRICTED, State.CLOSING):
        with platform():
            Region.objects.filter(pk=region.id).update(state=state)
        assert region.schema in {found.schema for found in tasks.regions()}
