"""Nobody learns who sent a report unless the reporter allowed it."""

import random
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied

from balai.audit.models import Entry as AuditEntry
from balai.context import Region
from balai.files.models import StoredFile
from modules.complaints import rights, services
from modules.complaints.models import Complaint, Contact, Entry
from modules.complaints.selectors import public
from modules.complaints.states import State
from modules.complaints.tests.conftest import photo
from modules.complaints.workflow import NotAllowed

CANARY = "Kenari-Rahasia-77"


def test_an_anonymous_report_keeps_nothing_of_its_sender(
    make_report: Callable, make_user: Callable
) -> None:
    citizen = make_user(name=CANARY)
    report = make_report(
        reporter=citizen, identity="anonymous", photos=[photo()],
        name=CANARY, email="kenari@contoh.test", phone="081234567890",
    )  # fmt: skip
    stored = Complaint.objects.get(pk=report.pk)
    assert stored.reporter_id is None
    assert not Contact.objects.filter(complaint=report).exists()
    assert not Entry.objects.filter(complaint=report, actor__isnull=False).exists()
    assert not StoredFile.objects.filter(owner=str(report.uuid), created_by__isnull=False).exists()
    audited = AuditEntry.objects.get(target=report.number)
    assert (audited.actor_uuid, audited.request_id) == (None, "")


def test_a_signed_in_reporters_audit_rows_name_no_account(
    resolved: Callable, make_user: Callable, client_for: Callable, in_region: Region
) -> None:
    citizen = make_user(name=CANARY)
    report = resolved(reporter=citizen)
    response = client_for(in_region, citizen).post(f"/complaints/{report.uuid}/confirm/")
    assert response.status_code == 302
    row = AuditEntry.objects.get(target=report.number, action="complaints.confirm")
    assert (row.actor_uuid, row.actor_label) == (None, "reporter")


def test_public_pages_show_nothing_of_the_reporter(
    resolved: Callable, client_for: Callable, in_region: Region, make_user: Callable
) -> None:
    report = resolved(
        reporter=make_user(name=CANARY), name=CANARY, phone="081298765432", identity="named"
    )
    services.reopen(complaint=report, reason=f"Mati lagi, hubungi {CANARY}.")
    visitor = client_for(in_region)
    assert public.search(CANARY, 5) == []
    pages = (
        "/complaints/", f"/complaints/{report.uuid}/", "/search/?q=lampu",
        f"/api/v1/complaints/reports/{report.number}", "/api/v1/complaints/reports")  # fmt: skip
    for page in pages:
        response = visitor.get(page)
        assert response.status_code == 200, page
        shown = response.content.decode()
        assert CANARY not in shown, page
        assert "081298765432" not in shown, page


@pytest.mark.parametrize("how", ["chosen", "whistle", "category"])
def test_secret_reports_are_never_public(
    how: str, make_report: Callable, coordinator: object, agency: object, lamps: object,
    client_for: Callable, in_region: Region,
) -> None:  # fmt: skip
    lamps.secret_default = how == "category"
    told = {"chosen": {"secret": True}, "whistle": {"kind": "whistle"}, "category": {}}[how]
    report = make_report(**told)
    ruling = services.Ruling(agency=agency, category=lamps, title=report.title)
    report = services.verify_and_route(complaint=report, ruling=ruling, by=coordinator)
    assert (report.secret, report.published_at) == (True, None)
    assert client_for(in_region).get(f"/complaints/{report.uuid}/").status_code == 404
    assert report not in public.reports()


def test_unverified_reports_are_private(
    make_report: Callable, client_for: Callable, in_region: Region
) -> None:
    report = make_report()
    assert client_for(in_region).get(f"/complaints/{report.uuid}/").status_code == 404
    assert list(public.reports()) == []


def test_rejected_reports_leave_the_public_list(
    routed: Callable, officer: object, coordinator: object
) -> None:
    report = services.refuse(complaint=routed(), reason="Bukan kami.", by=officer)
    assert report in public.reports()
    services.reject(complaint=report, reason="Di luar kewenangan.", by=coordinator)
    assert report not in public.reports()


def test_photos_are_public_only_after_a_look(
    make_report: Callable, coordinator: object, agency: object,
    client_for: Callable, in_region: Region,
) -> None:  # fmt: skip
    report = make_report(photos=[photo()])
    url = report.photos.get().file.thumb_url
    visitor = client_for(in_region)
    ruling = services.Ruling(
        agency=agency, category=report.category, title=report.title, approve_photos=False
    )
    report = services.verify_and_route(complaint=report, ruling=ruling, by=coordinator)
    assert visitor.get(url).status_code == 404
    assert client_for(in_region, coordinator).get(url).status_code == 200
    services.approve_photos(complaint=report, by=coordinator)
    assert visitor.get(url).status_code == 200
    services.make_secret(complaint=report, by=coordinator)
    assert visitor.get(url).status_code == 404


def test_identity_is_for_the_coordinator(
    routed: Callable, coordinator: object, officer: object, stranger: object
) -> None:
    secret, named, nobody = (routed(identity=kind) for kind in ("secret", "named", "anonymous"))
    people = (coordinator, officer, stranger)
    assert [rights.sees_identity(who, secret) for who in people] == [True, False, False]
    assert [rights.sees_identity(who, named) for who in people] == [True, True, False]
    assert [rights.sees_identity(who, nobody) for who in people] == [False, False, False]


def test_the_desk_shows_contacts_only_to_who_may(
    routed: Callable, coordinator: object, officer: object, client_for: Callable, in_region: Region
) -> None:
    report = routed(name=CANARY, phone="081298765432")
    page = f"/desk/complaints/{report.uuid}/"
    assert CANARY in client_for(in_region, coordinator).get(page).content.decode()
    seen = client_for(in_region, officer).get(page).content.decode()
    assert CANARY not in seen
    assert "081298765432" not in seen


def test_staff_may_only_raise_secrecy(make_report: Callable, coordinator: object) -> None:
    report = services.make_secret(complaint=make_report(), by=coordinator)
    with pytest.raises(NotAllowed):
        services.make_secret(complaint=report, by=coordinator)


def test_random_walks_never_lower_secrecy(
    make_report: Callable, coordinator: object, officer: object, agency: object
) -> None:
    """A short form of 10,000 walks; the seed is fixed so that a failure can be repeated."""
    chance = random.Random(20261123)
    for _ in range(12):
        report = make_report(
            secret=chance.random() < 0.5, identity=chance.choice(["secret", "named"])
        )
        chosen, identity, was_secret = report.secret, report.identity, report.secret
        for _ in range(12):
            report = _any_step(report, coordinator, officer, agency, chance)
            assert report.secret >= was_secret, "secrecy fell"
            assert report.secret >= chosen
            assert report.identity == identity
            assert not (report.secret and report.published_at), "a secret report is published"
            if report.state in (State.NEED_INFO, State.REJECTED):
                assert report not in public.reports() or report.refusals
            was_secret = report.secret


def _any_step(
    report: Complaint, coordinator: object, officer: object, agency: object, chance: random.Random
) -> Complaint:
    steps = (
        lambda: services.verify_and_route(
            complaint=report, by=coordinator,
            ruling=services.Ruling(
                agency=agency, category=report.category, title="Lampu mati",
                secret=chance.random() < 0.1,
            ),
        ),
        lambda: services.ask_info(complaint=report, question="Di mana?", by=coordinator),
        lambda: services.reply(complaint=report, text="Di gang Mawar."),
        lambda: services.accept(complaint=report, by=officer),
        lambda: services.refuse(complaint=report, reason="Bukan kami.", by=officer),
        lambda: services.resolve(complaint=report, text="Sudah.", photos=[photo()], by=officer),
        lambda: services.reopen(complaint=report, reason="Belum."),
        lambda: services.make_secret(complaint=report, by=coordinator),
    )  # fmt: skip
    with suppress(NotAllowed, PermissionDenied):
        chance.choice(steps)()
    return Complaint.objects.select_related("category").get(pk=report.pk)
