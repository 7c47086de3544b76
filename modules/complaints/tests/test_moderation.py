"""What calls for a look is held, strangers' links stay text, floods are slowed, nothing is lost."""

import json
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied

from balai.context import Region
from balai.directory.models import Agency
from balai.privacy import subjects
from balai.privacy.person import Person
from modules.complaints import limits, services, suspicion
from modules.complaints.models import Complaint
from modules.complaints.selectors import public
from modules.complaints.services import moderating, transferring
from modules.complaints.tests.conftest import TEXT
from modules.complaints.workflow import NotAllowed

LINKS = "Lihat https://a.contoh.test/x, www.b.test dan promo-murah.xyz/c sekarang juga."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lampu mati di Jl. Melati No. 5, dekat Indomaret.", []),
        ("Ada anjing liar di depan sekolah, tolong ditertibkan.", []),
        ("Dasar GOBLOK, lampunya mati terus.", ["words"]),
        ("Petugasnya tolól sekali.", ["words"]),
        ("Pantekosta di Jalan Merdeka, lampunya mati.", []),
        ("Satu tautan saja: https://peta.contoh.test/titik", []),
        (LINKS, ["links"]),
        ("NIK saya 3671 0102 0380 0001, mohon dibantu.", ["personal"]),
        ("Hubungi Pak Budi di 0812-3456-7890.", ["personal"]),
        ("Nomor laporan TNG-26-004217, tagihan Rp 1.250.000.000.", []),
    ],
)
def test_what_calls_for_a_look(in_region: Region, text: str, found: list[str]) -> None:
    assert suspicion.examine(text) == found
    assert len(suspicion.told(found)) == len(found)


def test_the_admin_decides_on_words_and_links(with_settings: Callable) -> None:
    with_settings(blocked_words="lampu mati, papan", max_links=0)
    assert suspicion.examine("Di sini LAMPU  mati.") == ["words"]
    assert suspicion.examine("https://contoh.test/") == ["links"]
    with_settings(blocked_words="", max_links=20)
    assert suspicion.examine(f"goblok {LINKS}") == []


def _ruling(report: Complaint, agency: Agency, **more: object) -> services.Ruling:
    return services.Ruling(agency=agency, category=report.category, title="Lampu mati", **more)


def test_a_held_report_is_handled_but_shown_only_after_a_look(
    make_report: Callable, coordinator: object, officer: object, agency: Agency, visitor: object
) -> None:
    report = make_report(text=LINKS)
    assert report.suspicions == ["links"]
    report = services.verify_and_route(
        complaint=report, ruling=_ruling(report, agency), by=coordinator
    )
    assert moderating.waits(report)
    assert list(public.reports()) == []
    assert visitor.get(f"/complaints/{report.uuid}/").status_code == 404
    report = services.accept(complaint=report, by=officer)
    with pytest.raises(PermissionDenied):
        moderating.publish(complaint=report, by=officer)
    report = moderating.publish(complaint=report, by=coordinator)
    page = visitor.get(f"/complaints/{report.uuid}/").content.decode()
    assert "https://a.contoh.test/x" in page
    assert 'href="https://a.contoh.test' not in page, "strangers' links are text"
    with pytest.raises(NotAllowed):
        moderating.publish(complaint=report, by=coordinator)


def test_the_verifier_sees_why_and_says_so(
    make_report: Callable, coordinator: object, agency: Agency, client_for: Callable,
    in_region: Region,
) -> None:  # fmt: skip
    client = client_for(in_region, coordinator)
    clean, held = make_report(), make_report(text=f"{TEXT} {LINKS}")
    assert (
        'name="cleared"'
        not in client.get(f"/desk/complaints/{clean.uuid}/?do=verify").content.decode()
    )
    page = f"/desk/complaints/{held.uuid}/"
    shown = client.get(f"{page}?do=verify").content.decode()
    assert 'name="cleared"' in shown
    assert suspicion.told(["links"])[0] in shown
    told = {
        "do": "verify",
        "agency": agency.pk,
        "category": held.category_id,
        "title": "Lampu mati",
    }
    assert client.post(page, {**told, "cleared": "on"}).status_code == 302
    held.refresh_from_db()
    assert (held.is_public, held.suspicions) == (True, [])


def test_passing_on_does_not_publish_what_nobody_read(
    make_report: Callable, coordinator: object
) -> None:
    handover = transferring.Handover(
        receiver="Provinsi Banten", address="provinsi@contoh.test", note="", public=True
    )
    clean, held = make_report(), make_report(text=LINKS)
    assert services.transfer(complaint=clean, handover=handover, by=coordinator).is_public
    held = services.transfer(complaint=held, handover=handover, by=coordinator)
    assert not held.is_public
    assert moderating.waits(held)


def test_publishing_never_lowers_secrecy(
    make_report: Callable, coordinator: object, agency: Agency
) -> None:
    report = make_report(text=LINKS, secret=True)
    report = services.verify_and_route(
        complaint=report, ruling=_ruling(report, agency, cleared=True), by=coordinator
    )
    assert not report.is_public
    with pytest.raises(NotAllowed):
        moderating.publish(complaint=report, by=coordinator)


def test_a_redaction_that_adds_a_link_is_held_again(routed: Callable, coordinator: object) -> None:
    report = routed()
    changed = moderating.redact(
        complaint=report, by=coordinator,
        redaction=moderating.Redaction(
            title=report.title, text=LINKS, landmark="", reason="Nama dihapus."
        ),
    )  # fmt: skip
    assert (changed.suspicions, changed.is_public) == (["links"], False)


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that sets limits for one test, in a window of its own."""

    def change(**values: tuple[int, int]) -> None:
        monkeypatch.setattr(limits, "LIMITS", {**limits.LIMITS, **values})
        window = time.monotonic_ns()
        monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: window))

    return change


def _sent(category: object, village: object, **more: object) -> dict[str, object]:
    return {"category": "other", "other_category": category.pk, "text": TEXT,
            "district": village.parent_id, "village": village.pk, "identity": "secret",
            "kind": "complaint", "phone": "0812 3456 7890", **more}  # fmt: skip


def test_over_the_limit_of_a_phone_what_was_typed_comes_back(
    quiet: Callable, client_for: Callable, in_region: Region, lamps: object, village: object
) -> None:
    quiet(report_phone=(1, 600))
    told = _sent(lamps, village)
    one, two = (client_for(in_region, REMOTE_ADDR=f"10.9.8.{n}") for n in (1, 2))
    assert one.post("/complaints/new/", told).status_code == 302
    refused = two.post("/complaints/new/", {**told, "phone": "+62 812-3456-7890"})
    assert refused.status_code == 429, "the same phone, written otherwise, from another address"
    page = refused.content.decode()
    assert TEXT in page
    assert "tel:112" in page
    assert Complaint.objects.count() == 1
    other = {**told, "phone": "0813 9999 0000"}
    assert two.post("/complaints/new/", other).status_code == 302


def test_a_region_has_a_limit_of_its_own(
    quiet: Callable, client_for: Callable, in_region: Region, lamps: object, village: object
) -> None:
    quiet(report_region=(1, 600))
    codes = [
        client_for(in_region, REMOTE_ADDR=f"10.9.7.{n}").post(
            "/complaints/new/", _sent(lamps, village, phone="")
        ).status_code
        for n in (1, 2)
    ]  # fmt: skip
    assert codes == [302, 429]


def test_while_the_cache_is_down_reports_come_in(
    quiet: Callable,
    visitor: object,
    lamps: object,
    village: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quiet(report=(1, 600), report_phone=(1, 600), report_region=(1, 600))
    monkeypatch.setattr(cache, "add", lambda *args, **more: True)
    monkeypatch.setattr(cache, "incr", lambda *args, **more: 1)
    for number in range(3):
        told = _sent(lamps, village, text=f"{TEXT} {number}")
        assert visitor.post("/complaints/new/", told).status_code == 302


def test_keys_of_the_cache_hold_no_phone(in_region: Region) -> None:
    keys = {limits._key("report_phone", phone)[0] for phone in ("+6281234567890", "+6281234567891")}
    assert len(keys) == 2
    assert not any("812345" in key for key in keys)


def test_a_person_gets_what_is_kept_of_them(
    make_report: Callable, make_user: Callable, in_region: Region
) -> None:
    citizen = make_user()
    own = make_report(reporter=citizen, name="Siti", phone="0812 3456 7890", identity="named")
    make_report(reporter=citizen, identity="anonymous")
    make_report(reporter=make_user())
    services.reply(complaint=own, text="Masih mati.")
    told = subjects.collect(Person(user=citizen))["complaints"]
    assert [row["number"] for row in told["reports"]] == [own.number]
    assert told["reports"][0]["contact"]["phone"] == "0812 3456 7890"
    assert told["reports"][0]["messages"][-1]["text"] == "Masih mati."
    json.dumps(told)
