"""Sharing by rule and by hand, what a partner reads, and how all of it ends."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from balai.accounts.models import Membership
from balai.accounts.services import close_account
from balai.audit.models import Entry as AuditEntry
from balai.modules.badges import Badge
from balai.notify.models import Message as Letter
from balai.outbox.models import Event
from balai.privacy.person import Person
from balai.workcal import clocks
from modules.complaints import services as complaints
from modules.complaints.models import Category, Complaint, Entry, Photo
from modules.complaints.tests.conftest import photo
from modules.partners import badges, sources, subject, topics, workflow
from modules.partners.models import Access, Link, Share
from modules.partners.search import search
from modules.partners.selectors import reach
from modules.partners.services import (
    agreements,
    answering,
    links,
    moving,
    people,
    reading,
    reminding,
    sharing,
)
from modules.partners.states import State
from modules.partners.tests.conftest import WORDS, deliver, paper
from modules.partners.workflow import MOVES, NotAllowed, Who

pytestmark = pytest.mark.django_db
INDEX = "/desk/partners/"


def page(share):
    return reverse("partners_desk:share", args=[share.uuid], urlconf="balai.urls_region")


def rule(agreed, **told):
    chosen = {
        "source": "complaints", "categories": ["gangguan-keamanan"], "areas": [],
        "fields": ["text"], "moment": "arrived", **told,
    }  # fmt: skip
    return agreements.add_rule(cooperation=agreed, told=chosen)


def test_a_rule_shares_what_it_wants_once_with_the_fields_it_allows(agreed, report) -> None:
    rule(agreed)
    wanted, other = report(), report("lampu-jalan")
    deliver("complaints.")
    share = Share.objects.get()
    assert (share.case, share.number, share.fields) == (wanted.uuid, wanted.number, ["text"])
    assert (share.state, share.proposed_by) == (State.SENT, None)
    assert Event.objects.filter(topic=topics.SHARED).count() == 1
    assert not Share.objects.filter(case=other.uuid).exists()
    opened = reading.look(share)
    assert [(one.key, one.text) for one in opened.details] == [("text", WORDS)]


def test_a_rule_shares_only_within_the_paper_and_never_again_what_was_withdrawn(
    agreed, report, coordinator
) -> None:
    with pytest.raises(NotAllowed):
        rule(agreed, categories=["lampu-jalan"])
    with pytest.raises(NotAllowed):
        rule(agreed, fields=["photos"])
    one = rule(agreed)
    report()
    deliver("complaints.")
    moving.move("withdraw", share=Share.objects.get(), by=coordinator, text="Salah alamat")
    deliver("complaints.")
    assert Share.objects.count() == 1
    agreements.switch_rule(rule=one, active=False)
    report()
    deliver("complaints.")
    assert Share.objects.count() == 1


def test_a_rule_after_the_check_waits_for_the_coordinator(agreed, report, coordinator) -> None:
    rule(agreed, moment="checked")
    case = report()
    deliver("complaints.")
    assert not Share.objects.exists()
    kind = Category.objects.get(slug="gangguan-keamanan")
    ruling = complaints.Ruling(agency=kind.agency, category=kind, title="Patroli", secret=True)
    complaints.verify_and_route(complaint=case, ruling=ruling, by=coordinator)
    deliver("complaints.")
    assert Share.objects.get().case == case.uuid
    assert Complaint.objects.get(pk=case.pk).secret


def test_by_hand_it_needs_a_right_a_reason_and_a_paper(
    agreed, shared, report, coordinator, make_user
) -> None:
    share = shared()
    assert share.fields == ["text", "position"]
    source = sources.active()["complaints"]
    facts = source.case(share.case)
    wish = sharing.Wish(source=source, facts=facts, cooperation=agreed, reason="Lagi")
    with pytest.raises(NotAllowed):
        sharing.share(wish=wish, by=coordinator)
    with pytest.raises(NotAllowed):
        shared(reason=" ")
    with pytest.raises(NotAllowed):
        shared("lampu-jalan")
    with pytest.raises(PermissionDenied):
        sharing.share(wish=wish, by=make_user("officer"))
    told = AuditEntry.objects.get(action=topics.SHARED)
    assert told.after["fields"] == ["text", "position"]


def test_another_partner_gets_404_everywhere(shared, constable, outsider, at) -> None:
    share = shared()
    assert at(constable).get(page(share)).status_code == 200
    theirs = at(outsider)
    assert theirs.get(page(share)).status_code == 404
    assert theirs.post(page(share), {"do": "acknowledge"}).status_code == 404
    assert share.number not in theirs.get(INDEX).content.decode()
    assert list(search(share.number, outsider, 5)) == []
    assert [hit.title for hit in search(share.number, constable, 5)] == [share.number]
    with pytest.raises(PermissionDenied):
        answering.acknowledge(share=share, by=outsider)
    for closed in ("/desk/partners/find/", "/desk/partners/log/"):
        assert theirs.get(closed).status_code == 403
    assert Access.objects.filter(share=share).count() == 1


def test_the_partner_acknowledges_and_answers_into_the_case(shared, constable, at) -> None:
    share = shared()
    client = at(constable)
    assert WORDS in client.get(page(share)).content.decode()
    refused = client.post(page(share), {"do": "answer", "answer-text": "x"})
    assert refused.status_code == 422
    client.post(page(share), {"do": "acknowledge", "acknowledge-reference": "LP/12"})
    told = {"do": "answer", "answer-outcome": "handled", "answer-text": "Sudah dipatroli.",
            "answer-for_reporter": "on"}  # fmt: skip
    assert client.post(page(share), told).status_code == 302
    share.refresh_from_db()
    assert (share.state, share.reference, share.outcome) == (State.ANSWERED, "LP/12", "handled")
    lines = Entry.objects.filter(complaint__uuid=share.case, author="partner").order_by("id")
    assert [line.audience for line in lines] == ["internal", "reporter"]
    [noted] = Entry.objects.filter(complaint__uuid=share.case, author="system", move="")
    assert ("Polres" in noted.text, noted.audience) == (True, "internal")
    assert all(line.text.startswith("Polres: ") and line.actor is None for line in lines)
    assert "Sudah dipatroli." in lines[1].text
    assert constable.name not in "".join(line.text for line in lines)


def test_photos_are_seen_by_whom_they_were_shared_with_once_they_are_covered(
    agreed, report, coordinator, constable, outsider, at
) -> None:
    agreements.save_cooperation(
        partner=agreed.partner, cooperation=agreed,
        told=paper(fields={"complaints": ["text", "photos"]}),
    )  # fmt: skip
    case = report(photos=[photo()])
    agreed.refresh_from_db()
    source = sources.active()["complaints"]
    facts = source.case(case.uuid)
    wish = {"source": source, "facts": facts, "cooperation": agreed, "reason": "Patroli"}
    share = sharing.share(wish=sharing.Wish(fields=["photos"], **wish), by=coordinator)
    picture = Photo.objects.select_related("file").get(complaint=case)
    address = f"{page(share)}photos/{picture.file.uuid}/"
    client = at(constable)
    assert client.get(address).status_code == 404
    complaints.approve_photos(complaint=case, by=coordinator)
    assert address in client.get(page(share)).content.decode()
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in answer["Cache-Control"]
    assert at(outsider).get(address).status_code == 404
    assert Access.objects.filter(what="photo").count() == 1
    Share.objects.filter(pk=share.pk).update(fields=["text"])
    assert client.get(address).status_code == 404


def test_every_move_of_the_table_and_no_other(shared, coordinator, second, constable) -> None:
    actor = {Who.REGION: coordinator, Who.PARTNER: constable}
    share = shared()
    for state in State:
        for move in MOVES:
            Share.objects.filter(pk=share.pk).update(state=state, proposed_by=second)
            changes = {"outcome": "handled"} if move.name == "answer" else {}
            row = Share.objects.get(pk=share.pk)
            run = dict(share=row, by=actor[move.who], text="Kata", changes=changes)
            if state in move.sources:
                assert moving.move(move.name, **run).state == move.target
                with pytest.raises(PermissionDenied):
                    other = Who.PARTNER if move.who is Who.REGION else Who.REGION
                    moving.move(move.name, **{**run, "by": actor[other]})
            else:
                with pytest.raises(NotAllowed):
                    moving.move(move.name, **run)


def test_the_clock_reminds_and_stops(shared, constable, coordinator) -> None:
    share = shared()
    with time_machine.travel(share.due_at + timedelta(minutes=1), tick=False):
        clocks.sweep(now=timezone.now())
        deliver()
        assert share.late(timezone.now())
    told = sorted(Letter.objects.values_list("template", flat=True))
    assert told == ["partners/late", "partners/late_there", "partners/new", "partners/reminder"]
    assert not any(WORDS[:20] in str(letter.context) for letter in Letter.objects.all())
    answering.acknowledge(share=share, by=constable)
    assert clocks.of(topics.CLOCK, share.uuid).stopped_at is not None


def test_a_sealed_case_needs_two_people_and_no_link_opens_it(
    shared, coordinator, second, constable, at
) -> None:
    share = shared("kekerasan")
    assert share.state == State.HELD
    assert not reach.of_user(constable).exists()
    assert at(constable).get(page(share)).status_code == 404
    staff = at(second).get(page(share)).content.decode()
    assert WORDS not in staff
    assert "Kekerasan pada perempuan" not in staff
    with pytest.raises(NotAllowed):
        sharing.consent(share=share, by=coordinator)
    sent = sharing.consent(share=share, by=second)
    assert (sent.state, sent.proposed_by, sent.approved_by) == (State.SENT, coordinator, second)
    assert WORDS in at(constable).get(page(share)).content.decode()
    assert AuditEntry.objects.filter(action="partners.sealed_read").count() == 1
    with pytest.raises(NotAllowed):
        links.make(share=sent, email="a@b.test", by=coordinator)


def test_a_rule_holds_a_sealed_case_until_two_have_agreed(
    agreed, report, coordinator, second
) -> None:
    rule(agreed, categories=["kekerasan"])
    report("kekerasan")
    deliver("complaints.")
    share = Share.objects.get()
    assert share.state == State.HELD
    assert sharing.consent(share=share, by=coordinator).state == State.HELD
    with pytest.raises(NotAllowed):
        sharing.consent(share=share, by=coordinator)
    assert sharing.consent(share=share, by=second).state == State.SENT


def test_a_link_opens_one_case_for_fourteen_days_in_this_region(
    shared, coordinator, at, client_for, other_region
) -> None:
    share = shared()
    link = links.make(share=share, email="piket@polres.test", by=coordinator)
    deliver(topics.LINKED)
    letter = Letter.objects.get(template="partners/link")
    assert (letter.recipient, link.expires_at.date() - link.made_at.date()) == (
        "piket@polres.test", timedelta(days=14),
    )  # fmt: skip
    address = f"/partners/case/{links.token_of(link)}/"
    visitor = at()
    shown = visitor.get(address)
    assert shown.status_code == 200
    assert WORDS in shown.content.decode()
    assert coordinator.name not in shown.content.decode()
    assert visitor.post(address, {"do": "acknowledge"}).status_code == 302
    assert Share.objects.get(pk=share.pk).state == State.ACKNOWLEDGED
    assert {one.via for one in Access.objects.filter(share=share)} == {"link"}
    assert visitor.get(address[:-3] + "xx/").status_code == 404
    assert client_for(other_region).get(address).status_code == 404
    with time_machine.travel(link.expires_at + timedelta(seconds=1), tick=False):
        assert visitor.get(address).status_code == 410
    staff = at(coordinator)
    staff.post(reverse("partners_desk:link-revoke", args=[link.uuid], urlconf="balai.urls_region"))
    assert Link.objects.get().revoked_at is not None
    assert visitor.get(address).status_code == 410
    assert visitor.post(address, {"do": "answer"}).status_code == 410


def test_the_end_of_the_paper_ends_all_of_it_at_once(
    agreed, shared, constable, coordinator, at
) -> None:
    share = shared()
    address = f"/partners/case/{links.token_of(_link(share, coordinator))}/"
    soon = timezone.localdate() + timedelta(days=3)
    agreements.save_cooperation(
        partner=agreed.partner, told=paper(ends_on=soon), cooperation=agreed
    )
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        assert at().get(address).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        assert not reach.of_partner([agreed.partner]).exists()
        assert at().get(address).status_code == 410
    agreements.end_cooperation(cooperation=agreed, reason="Tidak diperpanjang")
    assert at(constable).get(page(share)).status_code == 404
    assert at().get(address).status_code == 410
    with pytest.raises(NotAllowed) as refused:
        answering.acknowledge(share=share, by=constable)
    assert str(refused.value) == str(workflow.ENDED)
    with pytest.raises(NotAllowed):
        shared()
    assert at(coordinator).get(page(share)).status_code == 200


def _link(share, by):
    return links.make(share=share, email="piket@polres.test", by=by)


def test_people_hear_in_time_that_a_paper_ends(agreed, coordinator) -> None:
    for left, expected in ((61, 0), (60, 1), (59, 1), (30, 1), (7, 1), (1, 1), (0, 1)):
        assert reminding.remind(agreed.ends_on - timedelta(days=left)) == expected
    own = Letter.objects.filter(template="partners/ending", recipient=coordinator.email)
    assert own.count() == 3
    assert Letter.objects.filter(recipient="piket@polres.test").count() == 3


def test_the_log_says_who_shared_what_and_leaves_as_csv(shared, coordinator, constable, at) -> None:
    share = shared()
    at(constable).get(page(share))
    client = at(coordinator)
    shown = client.get("/desk/partners/log/").content.decode()
    assert share.number in shown
    assert coordinator.name in shown
    today = str(timezone.localdate())
    answer = client.post("/desk/partners/log/export/", {"first": today, "last": today})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert share.number in lines[1]
    assert "PKS/1/2026" in lines[1]
    assert WORDS not in lines[1]
    assert AuditEntry.objects.filter(action="partners.log_exported").count() == 1


def test_people_get_and_lose_their_seat(agreed, constable, police, make_user, coordinator) -> None:
    held = Membership.objects.get(user=constable, role="partner")
    assert timezone.localdate(held.valid_until) == agreed.ends_on + timedelta(days=1)
    with pytest.raises(NotAllowed):
        people.add(partner=police, email=coordinator.email)
    with pytest.raises(NotAllowed):
        people.add(partner=police, email="tak.ada@contoh.test")
    assert subject.collect(Person(user=constable))["works_for"][0]["institution"] == police.name
    people.remove(seat=people.of(police).get())
    assert not Membership.objects.filter(user=constable).exists()
    people.add(partner=police, email=constable.email)
    close_account(user=constable)
    deliver("accounts.")
    assert not people.of(police).exists()


@pytest.mark.parametrize("side", ["coordinator", "constable"])
def test_lists_cost_the_same_for_one_and_for_three(side, shared, request, at) -> None:
    client = at(request.getfixturevalue(side))
    shared()
    client.get(INDEX)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(INDEX).status_code == 200
        return sum('"shared"' not in query["sql"] for query in seen.captured_queries)

    before = cost()
    shared()
    shared()
    assert cost() == before


def test_the_menu_counts_what_waits_within_reach(
    shared, coordinator, constable, outsider, make_user, django_assert_num_queries
) -> None:
    shared()
    Share.objects.filter(pk=shared().pk).update(due_at=timezone.now() - timedelta(hours=1))
    all_of_them, nothing = Badge(2, 1), Badge(0)
    for user, waits, queries in (
        (coordinator, all_of_them, 1), (constable, all_of_them, 1), (outsider, nothing, 1),
        (make_user(), nothing, 0),
    ):  # fmt: skip
        user.has_perm(reach.SEE)
        with django_assert_num_queries(queries):
            assert badges.inbox(user) == waits


def test_messages_reach_the_other_side_only_while_it_may_read(
    shared, coordinator, constable
) -> None:
    share = shared()
    answering.write(share=share, side=Who.REGION, text="Tolong cek", by=coordinator)
    answering.write(share=share, side=Who.PARTNER, text="Siap", by=constable)
    deliver(topics.SAID)
    letters = Letter.objects.filter(template="partners/message")
    assert {letter.recipient for letter in letters} == {constable.email, coordinator.email}
    moving.move("withdraw", share=share, by=coordinator, text="Selesai")
    for side, by in ((Who.REGION, coordinator), (Who.PARTNER, constable)):
        with pytest.raises(NotAllowed):
            answering.write(share=share, side=side, text="Masih?", by=by)


def test_a_source_that_is_off_is_no_source(agreed, region, shared) -> None:
    from balai.context import platform, region_context
    from tenants import activation, directory

    share = shared()
    with platform():
        activation.switch(directory.by_schema(region.schema), "complaints", False)
        directory.invalidate(region.schema)
        off = directory.by_schema(region.schema)
    with region_context(off):
        assert "complaints" not in sources.active()
        assert reading.look(Share.objects.get(pk=share.pk)).facts is None
