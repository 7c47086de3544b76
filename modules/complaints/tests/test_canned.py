"""Prepared answers: offered by state and agency, filled without a script, kept by admins."""

from collections.abc import Callable

import pytest

from balai.audit.models import Entry as AuditEntry
from modules.complaints import canned, presets
from modules.complaints.models import CannedReply
from modules.complaints.presets import replies
from modules.complaints.states import State

DESK = "/desk/complaints/"
ANSWERS = "/console/complaints/answers/"


def test_a_new_region_has_answers_and_keeps_its_own(in_region: object) -> None:
    assert CannedReply.objects.count() >= 12
    assert set(CannedReply.objects.values_list("state", flat=True)) <= {"", *State.values}
    one = CannedReply.objects.first()
    one.delete()
    before = CannedReply.objects.count()
    presets.load("kota")
    assert CannedReply.objects.count() == before, "what an admin removed stays away"
    CannedReply.objects.all().delete()
    assert replies.load() >= 12


def test_placeholders_are_filled_and_other_braces_left_alone(routed: Callable) -> None:
    report = routed()
    filled = canned.fill("{number} di {agency} sampai {due}; {nama} {0} {", report)
    assert filled.startswith(f"{report.number} di {report.agency.name} sampai ")
    assert filled.endswith("; {nama} {0} {")
    report.agency, report.due_at = None, None
    assert canned.fill("{agency} {due}", report) == "– –"


def test_only_what_fits_state_and_agency_is_offered(
    routed: Callable, officer: object, other_agency: object, agency: object, at: Callable
) -> None:
    CannedReply.objects.all().delete()
    made = {
        name: CannedReply.objects.create(label=name, text=f"{name} {{number}}", **where)
        for name, where in {
            "region": {}, "state": {"state": "dispositioned"}, "own": {"agency": agency},
            "elsewhere": {"agency": other_agency}, "later": {"state": "resolved"},
        }.items()
    }  # fmt: skip
    report = routed()
    page = f"{DESK}{report.uuid}/"
    client = at(officer)
    shown = client.get(f"{page}?do=write").context["replies"]
    assert {reply.label for reply, _ in shown} == {"region", "state", "own"}
    assert all(report.number in words for _, words in shown)
    for action in ("note", "hand-over"):
        assert client.get(f"{page}?do={action}").context["replies"] == []
    filled = client.get(f"{page}?do=write&canned={made['own'].uuid}")
    assert filled.context["form"].initial["text"] == f"own {report.number}"
    assert f"own {report.number}</textarea>" in filled.content.decode()
    foreign = client.get(f"{page}?do=write&canned={made['elsewhere'].uuid}")
    assert "text" not in foreign.context["form"].initial


def test_i02_the_answers_of_another_agency_are_not_offered_in_bulk(
    routed: Callable, officer: object, other_agency: object, at: Callable
) -> None:
    CannedReply.objects.create(label="Rahasia dapur DLH", text="Halo.", agency=other_agency)
    asked = {"do": "write", "pick": [str(routed().uuid)]}
    page = at(officer).post(f"{DESK}bulk/", asked)
    assert page.context["replies"]
    assert "Rahasia dapur DLH" not in page.content.decode()


def test_admins_keep_the_answers(make_user: Callable, at: Callable, agency: object) -> None:
    client = at(make_user("admin"))
    assert client.get(ANSWERS).status_code == 200
    wrong = client.post(f"{ANSWERS}new/", {"label": "", "text": "", "state": "bogus"})
    assert set(wrong.context["form"].errors) == {"label", "text", "state"}
    given = {"label": "Lampu dipesan", "text": "Segera.", "state": "in_progress",
             "agency": agency.pk}  # fmt: skip
    assert client.post(f"{ANSWERS}new/", given).status_code == 302
    one = CannedReply.objects.get(label="Lampu dipesan")
    page = f"{ANSWERS}{one.uuid}/"
    assert client.post(page, {**given, "text": "Besok."}).status_code == 302
    assert CannedReply.objects.get(pk=one.pk).text == "Besok."
    assert client.get(f"{page}delete/").status_code == 200
    assert client.post(f"{page}delete/").status_code == 302
    assert not CannedReply.objects.filter(pk=one.pk).exists()
    assert client.get(page).status_code == 404
    told = AuditEntry.objects.filter(target=str(one.uuid)).order_by("seq")
    assert [row.action.rpartition("_")[2] for row in told] == ["added", "changed", "deleted"]


@pytest.mark.parametrize("role", [None, "officer", "coordinator"])
def test_others_do_not(role: str | None, make_user: Callable, at: Callable) -> None:
    assert at(make_user(role)).get(ANSWERS).status_code in (403, 404)


def test_the_filled_answer_is_what_the_reporter_reads(
    make_report: Callable, coordinator: object, at: Callable
) -> None:
    report = make_report()
    reply = CannedReply.objects.filter(state="received", text__contains="{number}").first()
    page = f"{DESK}{report.uuid}/"
    form = at(coordinator).get(f"{page}?do=reject&canned={reply.uuid}").context["form"]
    at(coordinator).post(page, {"do": "reject", "text": form.initial["text"]})
    line = report.entries.get(move="reject")
    assert report.number in line.text
    assert "{" not in line.text
