"""Visits: no consent, no entry; a banner on every page; nothing taken, nothing changed; an end."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from balai.accounts.models import User
from balai.audit.models import Entry as AuditEntry
from balai.context import platform, region_context
from balai.notify.models import Message
from provisioning.models import Entry, EntryState, LegalBasis
from provisioning.models.entry import MOVES
from provisioning.operators import visits
from provisioning.operators.ranks import who_is
from tenants.models import Region

pytestmark = pytest.mark.django_db
REASON = "Peta tidak tampil"
BANNER = "Akhiri sekarang"


@pytest.fixture
def operator(worker) -> Client:
    return worker("support")


@pytest.fixture
def admin(region, make_user, client_for):
    return client_for(region, make_user("admin", city=region, name="Bu Admin"))


def _ask(operator: Client, region, minutes: int = 60) -> Entry:
    told = {"reason": REASON, "minutes": minutes}
    answer = operator.post(f"/operations/regions/{region.id}/enter/", told)
    assert answer["Location"].startswith("/operations/visits/")
    with platform():
        return Entry.objects.latest("pk")


def _way_in(operator: Client, entry: Entry) -> str:
    page = operator.post(f"/operations/visits/{entry.uuid}/go-in/")
    assert page.status_code == 200
    return urlsplit(page.context["link"]).path


def _visitor(operator, admin, region, client_for, *, may_change: bool = False):
    entry = _ask(operator, region)
    told = {"decision": "grant"} | ({"may_change": "on"} if may_change else {})
    assert admin.post(f"/console/support/{entry.uuid}/", told).status_code == 302
    visitor = client_for(region)
    answer = visitor.post(_way_in(operator, entry))
    assert answer["Location"] == "/console/"
    with platform():
        entry.refresh_from_db()
    return visitor, entry


def test_without_consent_there_is_no_way_in(region, other_region, operator, admin, client_for):
    entry = _ask(operator, region)
    assert operator.post(f"/operations/regions/{region.id}/enter/",
                         {"reason": "x", "minutes": 60}).status_code == 422  # fmt: skip
    assert operator.post(f"/operations/visits/{entry.uuid}/go-in/").status_code == 404
    visitor = client_for(region)
    for token in ("x", "0" * 43):
        assert visitor.get(f"/support/{token}/").status_code == 404
        assert visitor.post(f"/support/{token}/").status_code == 404
    assert visitor.post("/support/end/").status_code == 404
    assert admin.post(f"/console/support/{entry.uuid}/", {"decision": "refuse"}).status_code == 302
    assert operator.post(f"/operations/visits/{entry.uuid}/go-in/").status_code == 404
    with region_context(region):
        asked = Message.objects.filter(template="provisioning/visit_asked")
        assert asked.count() == 2  # both admins
        kept = dict(AuditEntry.objects.values_list("action", "actor_label"))
        assert kept["visit.asked"] == "Si support" and kept["visit.refused"] == "Bu Admin"
    with region_context(other_region):
        assert not AuditEntry.objects.filter(action__startswith="visit.").exists()


def test_the_admin_decides_and_nobody_else(region, other_region, operator, make_user, client_for):
    entry = _ask(operator, region)
    page = f"/console/support/{entry.uuid}/"
    told = {"decision": "grant"}
    assert client_for(region).post(page, told).status_code == 302  # to sign in
    assert client_for(region, make_user("leader", city=region)).post(page, told).status_code == 403
    foreign = client_for(other_region, make_user("admin", city=other_region))
    assert foreign.post(page, told).status_code == 404
    assert REASON not in foreign.get("/console/support/").content.decode()
    assert foreign.post(f"{page}end/").status_code == 404
    with region_context(region):
        visitor = User.objects.create_user(email="tamu@visit.invalid")
        from balai.accounts.services import grant_role

        grant_role(user=visitor, role="support")
        with pytest.raises(PermissionDenied):
            visits.grant(uuid=entry.uuid, by=visitor, may_change=True)
    with platform():
        assert Entry.objects.get(pk=entry.pk).state == EntryState.ASKED


def test_a_way_in_works_once_within_two_minutes(region, operator, admin, client_for) -> None:
    with time_machine.travel(datetime(2026, 11, 26, 3, tzinfo=UTC), tick=False) as clock:
        operator.get("/operations/")
        from provisioning.operators.tests.conftest import reauthenticate

        with platform():
            reauthenticate(operator, operator.person)
        entry = _ask(operator, region)
        admin.post(f"/console/support/{entry.uuid}/", {"decision": "grant"})
        old, new = _way_in(operator, entry), _way_in(operator, entry)
        browser = client_for(region)
        assert browser.get(old).status_code == 404
        assert REASON not in browser.get(new).content.decode()
        assert browser.get(new).status_code == 200  # looking does not use it up
        clock.shift(121)
        assert browser.post(new).status_code == 404
        fresh = _way_in(operator, entry)
        assert browser.post(fresh).status_code == 302
        assert browser.get("/console/").status_code == 200
        assert client_for(region).post(fresh).status_code == 404
        # a second hand-over ends the first session
        other = client_for(region)
        assert other.post(_way_in(operator, entry)).status_code == 302
        assert browser.get("/console/").status_code != 200
        assert other.get("/console/").status_code == 200


def test_a_visitor_looks_and_no_more(region, operator, admin, client_for, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    from django.core.files.base import ContentFile

    with platform():
        letter = LegalBasis.objects.create(
            region_id=region.id, kind="sk", number="1", dated="2026-01-02", by="x",
            document=ContentFile(b"%PDF-1.7", "a.pdf"),
        )  # fmt: skip
    visitor, entry = _visitor(operator, admin, region, client_for)
    for page in ("/", "/console/", "/console/modules/", "/console/audit/", "/console/support/"):
        answer = visitor.get(page)
        assert answer.status_code == 200 and BANNER in answer.content.decode(), page
    shut = (
        "/accounts/", "/accounts/data/", "/accounts/password/change/", "/accounts/2fa/",
        "/console/import/", "/console/audit/export/", f"/console/golive/legal/{letter.pk}/",
        "/desk/complaints/", "/desk/emergency/", "/desk/jobs/",
    )  # fmt: skip
    assert {visitor.get(page).status_code for page in shut} <= {403, 404}
    writes = (
        "/console/modules/jobs/", "/console/brand/", "/console/officers/invite/",
        "/console/sample/clear/", "/console/audit/verify/", f"/console/support/{entry.uuid}/",
        "/console/sharing/complaints.received/", "/new/",
    )  # fmt: skip
    assert {visitor.post(page).status_code for page in writes} <= {403, 404}
    with region_context(region):
        seen = AuditEntry.objects.filter(action="visit.looked")
        assert {row.actor_label for row in seen} == {"Si support (platform)"}
        assert any(row.target.startswith("tenants_console:modules") for row in seen)
        user = User.objects.get(email=f"support-{entry.uuid.hex}@visit.invalid")
        for perm in ("complaints.access_desk", "complaints.see_identity", "jobs.access_desk"):
            assert not user.has_perm(perm)
        assert not user.has_usable_password()


def test_consent_to_change_covers_settings_only(region, operator, admin, client_for) -> None:
    visitor, entry = _visitor(operator, admin, region, client_for, may_change=True)
    words = visitor.get("/console/words/")
    assert words.status_code == 200
    assert visitor.post("/console/words/", {}).status_code not in {403, 404}
    never = (
        "/console/officers/invite/", "/console/api/keys/new/", "/console/sample/clear/",
        "/console/sharing/complaints.received/", f"/console/support/{entry.uuid}/", "/new/",
    )  # fmt: skip
    assert {visitor.post(page, {"share": "on"}).status_code for page in never} <= {403, 404}
    with region_context(region):
        assert AuditEntry.objects.filter(action="visit.changed").count() == 1


@pytest.mark.parametrize("who", ["admin", "visitor", "operator", "operator shut out"])
def test_anyone_concerned_ends_it_at_once(who, region, operator, admin, client_for) -> None:
    visitor, entry = _visitor(operator, admin, region, client_for)
    if who == "admin":
        admin.post(f"/console/support/{entry.uuid}/end/")
    elif who == "visitor":
        visitor.post("/support/end/")
    elif who == "operator":
        operator.post(f"/operations/visits/{entry.uuid}/end/")
    else:
        with platform():
            User.objects.filter(pk=operator.person.pk).update(is_active=False)
    assert visitor.get("/console/").status_code in {302, 403}
    assert visitor.get("/console/").status_code == 302  # nobody is signed in any more
    with region_context(region):
        assert not User.objects.get(email__startswith="support-").is_active
    with platform():
        assert Entry.objects.get(pk=entry.pk).state == EntryState.ENDED


def test_the_session_dies_at_its_minute(region, operator, admin, client_for, worker) -> None:
    from provisioning.operators.tests.conftest import reauthenticate

    with time_machine.travel(datetime(2026, 11, 26, 3, tzinfo=UTC), tick=False) as clock:
        with platform():
            reauthenticate(operator, operator.person)
        visitor, entry = _visitor(operator, admin, region, client_for)
        assert entry.until == datetime(2026, 11, 26, 4, tzinfo=UTC)
        clock.move_to(entry.until - timedelta(seconds=1))
        assert visitor.get("/console/").status_code == 200
        clock.move_to(entry.until)
        assert visitor.get("/console/").status_code in {302, 403}
        with region_context(region):
            user = User.objects.get(email__startswith="support-")
            assert not user.has_perm("console.access")
        with platform():
            visits.tidy()
            assert Entry.objects.get(pk=entry.pk).state == EntryState.ENDED
        asked = _ask(worker("operator"), region)
        clock.shift(timedelta(hours=24))
        with platform():
            assert visits.tidy() == 1
            assert Entry.objects.get(pk=asked.pk).state == EntryState.LAPSED


def test_requests_move_by_the_table_only(region, operator, admin, make_user) -> None:
    with platform():
        who = who_is(operator.person)
        row = Region.objects.get(pk=region.id)
        with pytest.raises(ValidationError):
            visits.ask(who=who, region=row, reason="x", minutes=481)
    boss = make_user("admin", city=region)

    def fresh(state: str) -> Entry:
        with platform():
            Entry.objects.all().delete()
            return Entry.objects.create(
                region=row, operator=who.user, operator_name="x", reason="x", minutes=60,
                state=state, until=datetime(2999, 1, 1, tzinfo=UTC),
            )  # fmt: skip

    def attempt(target: str, entry: Entry) -> None:
        if target == EntryState.GRANTED:
            with region_context(region):
                visits.grant(uuid=entry.uuid, by=boss, may_change=False)
        elif target == EntryState.REFUSED:
            with region_context(region):
                visits.refuse(uuid=entry.uuid, by=boss)
        elif target == EntryState.WITHDRAWN:
            with platform():
                visits.withdraw(uuid=entry.uuid, who=who)
        elif not visits.end(uuid=entry.uuid, by="x"):
            raise ValidationError("not going on")

    asked_for = (EntryState.GRANTED, EntryState.REFUSED, EntryState.WITHDRAWN, EntryState.ENDED)
    for before in EntryState.values:
        for target in asked_for:
            entry = fresh(before)
            try:
                attempt(target, entry)
            except ValidationError:
                assert target not in MOVES[before], (before, target)
            else:
                assert target in MOVES[before], (before, target)
            with platform():
                entry.refresh_from_db()
            assert entry.state == (target if target in MOVES[before] else before)


def test_the_operator_hears_the_answer(
    region, operator, admin, django_capture_on_commit_callbacks
) -> None:
    entry = _ask(operator, region)
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(f"/console/support/{entry.uuid}/", {"decision": "grant"})
    assert mail.outbox[-1].to == ["support@balai.test"]
    assert str(entry.uuid) in mail.outbox[-1].body
    assert operator.get(f"/operations/visits/{entry.uuid}/").status_code == 200
