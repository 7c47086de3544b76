"""A reporter's words: theirs to change, then to black out; never to be brought back."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from balai.audit.models import Entry as AuditEntry
from balai.context import Region
from balai.files.models import StoredFile
from balai.outbox.models import Event
from modules.complaints import blackout, rights, services
from modules.complaints.models import Category, Complaint, Entry
from modules.complaints.selectors import public
from modules.complaints.services import editing
from modules.complaints.states import State
from modules.complaints.tests.conftest import photo
from modules.complaints.tests.delivering import deliver, told
from modules.complaints.tests.test_following import opened
from modules.complaints.workflow import NotAllowed

NAME = "Kenari-Rahasia-77"


def page(report: Complaint, name: str = "") -> str:
    return f"/complaints/{report.uuid}/{name}"


def wanted(report: Complaint, **more: object) -> dict[str, object]:
    """Return what the form sends back when nothing else is changed."""
    return {
        "title": report.title, "text": report.text, "category": "other",
        "other_category": str(report.category_id), "district": str(report.district_id),
        "village": str(report.area_id), "landmark": report.landmark, **more,
    }  # fmt: skip


def test_everything_can_be_changed_before_anybody_has_verified_it(
    make_report: Callable, visitor: object
) -> None:
    report = make_report(photos=[photo(), photo("b.jpg")], landmark="Dekat halte")
    client = opened(visitor, report)
    form = client.get(page(report, "edit/"))
    assert form.status_code == 200
    assert report.text in form.content.decode()
    other = Category.objects.exclude(pk=report.category_id).filter(parent__isnull=False).first()
    gone = report.photos.earliest("id")
    file, new = gone.file_id, "Lampu di depan pasar mati sejak kemarin, bukan di sekolah."
    sent = client.post(
        page(report, "edit/"),
        wanted(
            report, title="Lampu pasar mati", text=new, other_category=str(other.pk),
            landmark="Depan pasar", remove=[str(gone.pk)], photos=[photo("c.jpg"), photo("d.jpg")],
        ),
    )  # fmt: skip
    assert sent.status_code == 302
    report = Complaint.objects.get(pk=report.pk)
    assert (report.title, report.text, report.category, report.landmark) == (
        "Lampu pasar mati", new, other, "Depan pasar",
    )  # fmt: skip
    assert report.photos.count() == 3
    assert not StoredFile.objects.filter(pk=file).exists()
    assert report.edited_at is not None
    assert [step.title for step in client.get(page(report)).context["steps"]][0]
    assert Entry.objects.filter(complaint=report, move="edited", audience="reporter").exists()


def test_after_verification_nothing_is_changed(routed: Callable, visitor: object) -> None:
    report = routed()
    client = opened(visitor, report)
    assert client.get(page(report, "edit/")).status_code == 302
    sent = client.post(page(report, "edit/"), wanted(report, title="Judul lain sekali"))
    assert sent.status_code == 302
    report.refresh_from_db()
    assert report.title != "Judul lain sekali"
    edit = editing.Edit(
        title="x", text="x", category=report.category, area=None, landmark="", pin=None
    )
    with pytest.raises(NotAllowed):
        editing.edit(complaint=report, edit=edit)


def test_a_case_that_came_back_is_not_new_again(routed: Callable, officer: object) -> None:
    report = services.refuse(complaint=routed(), reason="Bukan kami.", by=officer)
    assert report.state == State.RECEIVED
    assert not editing.may_edit(report)


@pytest.mark.parametrize("problem", ["text", "photos", "broken"])
def test_what_is_wrong_is_said_and_nothing_changes(
    problem: str, make_report: Callable, visitor: object
) -> None:
    report = make_report(photos=[photo(), photo("b.jpg")])
    wrong = {
        "text": {"text": "Pendek"},
        "photos": {"photos": [photo(f"{n}.jpg") for n in range(4)]},
        "broken": {"photos": [SimpleUploadedFile("x.jpg", b"\xff\xd8", content_type="image/jpeg")]},
    }[problem]
    title = {"title": "Judul yang baru"}
    sent = opened(visitor, report).post(page(report, "edit/"), wanted(report, **title, **wrong))
    assert sent.status_code == 422
    report.refresh_from_db()
    assert (report.title == "Judul yang baru", report.photos.count()) == (False, 2)


def test_another_report_s_photo_is_not_taken_out(make_report: Callable, visitor: object) -> None:
    report, other = make_report(photos=[photo()]), make_report(photos=[photo()])
    foreign = other.photos.get()
    sent = opened(visitor, report).post(
        page(report, "edit/"), wanted(report, remove=[str(foreign.pk)])
    )
    assert sent.status_code == 422
    assert other.photos.count() == 1


def test_a_changed_report_is_found_by_its_new_words(
    make_report: Callable, visitor: object, coordinator: object, agency: object
) -> None:
    report = make_report()
    new = "Jembatan bambu di kali hampir putus sejak banjir."
    opened(visitor, report).post(page(report, "edit/"), wanted(report, text=new))
    report.refresh_from_db()
    ruling = services.Ruling(agency=agency, category=report.category, title="Jembatan hampir putus")
    services.verify_and_route(complaint=report, ruling=ruling, by=coordinator)
    assert [found.pk for found in public.search("bambu", 5)] == [report.pk]


def test_words_are_counted_and_covered() -> None:
    text = "Nama saya Siti,\nrumah nomor 5."
    words = blackout.words(text)
    assert [word.text for word in words] == ["Nama", "saya", "Siti,", "rumah", "nomor", "5."]
    assert [word.ends_line for word in words] == [False, False, True, False, False, False]
    assert (
        blackout.cover(text, {2, 5, 99})
        == f"Nama saya {blackout.BLOCK}\nrumah nomor {blackout.BLOCK}"
    )
    assert blackout.cover(text, ()) == text
    assert blackout.words("") == []
    assert blackout.words(blackout.cover(text, {2}))[2].black


def test_blacking_out_takes_two_steps_and_no_script(
    routed: Callable, visitor: object, client_for: Callable, in_region: Region, coordinator: object
) -> None:
    report = routed(text=f"Lampu mati. Hubungi {NAME} di rumah nomor lima belas.")
    Complaint.objects.filter(pk=report.pk).update(title=f"Lampu {NAME}")
    client = opened(visitor, report)
    assert client.get(page(report, "black-out/")).status_code == 200
    assert client.post(page(report, "black-out/")).status_code == 422
    chosen = {"parts": ["text:3", "title:1"]}
    asked = client.post(page(report, "black-out/"), chosen)
    assert asked.status_code == 200
    assert 'name="sure"' in asked.content.decode()
    report.refresh_from_db()
    assert NAME in report.text, "the first step only asks"
    done = client.post(page(report, "black-out/"), {**chosen, "sure": "1"})
    assert done.status_code == 302
    report.refresh_from_db()
    assert report.text == f"Lampu mati. Hubungi {blackout.BLOCK} di rumah nomor lima belas."
    assert report.title == f"Lampu {blackout.BLOCK}"
    assert NAME not in str(list(Event.objects.values_list("payload", flat=True)))
    assert NAME not in str(list(AuditEntry.objects.filter(target=report.number).values()))
    for who in (client_for(in_region), client_for(in_region, coordinator)):
        assert NAME not in who.get(page(report)).content.decode()
    assert public.search(NAME, 5) == []
    steps = client_for(in_region).get(page(report)).context["steps"]
    assert any(step.icon == "eraser" for step in steps), "everybody sees that something is gone"


def test_words_of_a_changed_text_are_not_taken_for_others(
    routed: Callable, visitor: object
) -> None:
    report = routed()
    answer = opened(visitor, report).post(
        page(report, "black-out/"), {"parts": ["text:999"], "sure": "1"}
    )
    assert answer.status_code == 422


def test_before_verification_words_are_changed_not_blacked_out(
    make_report: Callable, visitor: object
) -> None:
    report = make_report()
    assert opened(visitor, report).get(page(report, "black-out/")).status_code == 302
    with pytest.raises(NotAllowed):
        editing.black_out(complaint=report, parts={"text": {0}})


def test_a_report_is_taken_back_after_a_question(
    routed: Callable, officer: object, visitor: object, client_for: Callable, in_region: Region
) -> None:
    report = services.accept(complaint=routed(email="warga@contoh.test"), by=officer)
    client = opened(visitor, report)
    assert client.get(page(report, "withdraw/")).status_code == 200
    report.refresh_from_db()
    assert report.state == State.IN_PROGRESS, "opening the page changes nothing"
    assert (
        client.post(page(report, "withdraw/"), {"text": "Sudah diperbaiki warga."}).status_code
        == 302
    )
    report.refresh_from_db()
    assert (report.state, report.published_at, report.due_at) == (State.REJECTED, None, None)
    assert report.was_withdrawn
    assert client_for(in_region).get(page(report)).status_code == 404
    own = client.get(page(report))
    assert own.context["steps"][0].icon == "ban"
    assert not own.context["appeal_until"]
    assert "withdrawn" in told(deliver(report), "warga@contoh.test")
    row = AuditEntry.objects.get(target=report.number, action="complaints.withdraw")
    assert (row.actor_uuid, row.actor_label) == (None, "reporter")


def test_what_is_declared_done_is_confirmed_not_taken_back(
    resolved: Callable, visitor: object
) -> None:
    report = resolved()
    client = opened(visitor, report)
    assert client.get(page(report, "withdraw/")).status_code == 302
    with pytest.raises(NotAllowed):
        editing.withdraw(complaint=report)


def test_what_others_have_joined_goes_on(
    routed: Callable, make_report: Callable, coordinator: object
) -> None:
    from modules.complaints.services import merging

    main = routed()
    merging.merge(complaint=make_report(), into=main, by=coordinator)
    main.refresh_from_db()
    with pytest.raises(NotAllowed):
        editing.withdraw(complaint=main)


def test_a_reporter_makes_it_secret_for_good(
    routed: Callable, visitor: object, client_for: Callable, in_region: Region
) -> None:
    report = routed()
    client = opened(visitor, report)
    assert client.get(page(report, "hide/report/")).status_code == 200
    assert client_for(in_region).get(page(report)).status_code == 200
    assert client.post(page(report, "hide/report/")).status_code == 302
    report.refresh_from_db()
    assert (report.secret, report.published_at) == (True, None)
    assert client_for(in_region).get(page(report)).status_code == 404
    assert client.get(page(report)).status_code == 200
    client.post(page(report, "hide/report/"))
    with pytest.raises(NotAllowed):
        editing.hide(complaint=report)


def test_a_reporter_hides_their_name_from_the_agency(
    routed: Callable, visitor: object, officer: object, coordinator: object
) -> None:
    report = routed(identity="named", name=NAME)
    assert rights.sees_identity(officer, report)
    assert opened(visitor, report).post(page(report, "hide/name/")).status_code == 302
    report.refresh_from_db()
    assert [rights.sees_identity(who, report) for who in (officer, coordinator)] == [False, True]
    with pytest.raises(NotAllowed):
        editing.hide_name(complaint=report)


@pytest.mark.parametrize("name", ["edit/", "black-out/", "withdraw/", "hide/report/", "answer/"])
def test_only_the_reporter_may(
    name: str, routed: Callable, visitor: object, officer: object, client_for: Callable,
    in_region: Region,
) -> None:  # fmt: skip
    report = routed()
    for client in (visitor, client_for(in_region, officer)):
        assert client.get(page(report, name)).status_code == 404
        assert client.post(page(report, name), {"sure": "1"}).status_code in (404, 405)
    assert opened(visitor, report).get(page(report, "hide/anything/")).status_code == 404
