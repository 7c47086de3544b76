"""The API of reports for other programs: keys, conversation, photos, webhooks."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.api import key_services, webhook_services
from balai.api.tests.listening import listening, run_outbox
from modules.complaints import services, tokens
from modules.complaints.models import Complaint, Photo
from modules.complaints.tests.conftest import photo
from modules.complaints.tests.test_api import TOLD, URL
from tests.load.bench_complaints_api import counts


@pytest.fixture
def make_key(in_region):
    """Return a function that makes a key with a right and gives its header."""

    def make(scope="complaints:report", **told):
        _key, token = key_services.create(
            name=told.pop("name", "Kios"), scopes=[scope], per_minute=600, by=None, **told
        )
        return {"Authorization": f"Bearer {token}"}

    return make


def post(client, path, told, headers=None):
    return client.post(f"{URL}{path}", told, content_type="application/json", headers=headers or {})


def send(client, headers=None):
    answer = post(client, "", TOLD, headers)
    assert answer.status_code == 201, answer.content
    return answer.json()


def proof(receipt):
    return {"number": receipt["number"], "secret": receipt["secret"]}


def test_a_key_is_remembered_with_the_report_and_named_nowhere(visitor, make_key):
    receipt = send(visitor, make_key(name="Kios RW 05"))
    report = Complaint.objects.get(number=receipt["number"])
    assert (report.source, report.api_key.name, report.reporter) == ("api", "Kios RW 05", None)
    assert Complaint.objects.get(number=send(visitor)["number"]).api_key is None


def test_a_bad_key_is_refused_also_where_none_is_needed(visitor, make_key):
    wrong = {"Authorization": "Bearer balai_00000000_x"}
    assert post(visitor, "", TOLD, wrong).status_code == 401
    assert visitor.get(URL, headers=wrong).status_code == 401
    assert visitor.get(URL, headers=make_key("complaints:report")).status_code == 403
    assert visitor.get(URL, headers=make_key("complaints:read")).status_code == 200


def test_who_sent_it_reads_and_writes_with_the_secret(visitor, coordinator):
    receipt = send(visitor)
    report = Complaint.objects.get(number=receipt["number"])
    services.ask_info(complaint=report, question="Di tiang nomor berapa?", by=coordinator)
    services.message(complaint=report, text="Catatan dalam", by=coordinator, internal=True)
    said = post(visitor, "/messages", proof(receipt)).json()
    assert said["state"] == "need_info"
    assert [line["text"] for line in said["messages"]] == ["Di tiang nomor berapa?"]
    answer = post(visitor, "/messages/new", {**proof(receipt), "text": "Tiang nomor 7."})
    assert answer.status_code == 201
    assert answer.json()["state"] == "received"
    assert answer.json()["messages"][-1]["author"] == "reporter"
    wrong = {"number": receipt["number"], "secret": "2222-2222", "text": "bukan saya"}
    assert post(visitor, "/messages/new", wrong).status_code == 404
    assert post(visitor, "/messages", {"number": receipt["number"]}).status_code == 404


def test_a_key_reaches_its_own_reports_and_no_others(visitor, make_key):
    mine, other = make_key(), make_key()
    receipt = send(visitor, mine)
    told = {"number": receipt["number"]}
    assert post(visitor, "/messages", told, mine).status_code == 200
    assert post(visitor, "/messages/new", {**told, "text": "Masih gelap."}, mine).status_code == 201
    assert post(visitor, "/messages", told, other).status_code == 404
    assert post(visitor, "/messages", told).status_code == 404
    foreign = send(visitor)
    assert post(visitor, "/messages", {"number": foreign["number"]}, mine).status_code == 404


def test_d04_a_message_sent_twice_counts_once(visitor):
    receipt = send(visitor)
    told = {**proof(receipt), "text": "Masih gelap."}
    headers = {"Idempotency-Key": "pesan-0001"}
    answers = [post(visitor, "/messages/new", told, headers) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(answers[0].json()["messages"]) == 1


def test_photos_come_later_and_are_looked_at_first(visitor, routed, settings):
    receipt = send(visitor)
    fields = {**proof(receipt), "photos": [photo("a.jpg"), photo("b.jpg", "#aa3333")]}
    answer = visitor.post(f"{URL}/photos", fields)
    assert (answer.status_code, answer.json()["photos"]) == (201, 2)
    assert Photo.objects.filter(complaint__number=receipt["number"], approved_at=None).count() == 2
    many = {**proof(receipt), "photos": [photo(f"{n}.jpg") for n in range(4)]}
    assert visitor.post(f"{URL}/photos", many).status_code == 409
    bad = {**proof(receipt), "photos": [SimpleUploadedFile("x.jpg", b"no photo")]}
    assert visitor.post(f"{URL}/photos", bad).status_code == 422
    assert visitor.post(f"{URL}/photos", proof(receipt)).status_code == 422
    wrong = {"number": receipt["number"], "secret": "2222-2222", "photos": [photo()]}
    assert visitor.post(f"{URL}/photos", wrong).status_code == 404
    assert post(visitor, "/photos", proof(receipt)).status_code == 415
    assert Photo.objects.filter(complaint__number=receipt["number"]).count() == 2


def test_a_closed_report_takes_nothing_more(visitor, resolved):
    report = services.confirm(complaint=resolved())
    told = {"number": report.number, "secret": tokens.secret_of(report.uuid)}
    assert post(visitor, "/messages/new", {**told, "text": "Sekali lagi"}).status_code == 409
    assert visitor.post(f"{URL}/photos", {**told, "photos": [photo()]}).status_code == 409


def test_a_public_report_is_told_with_history_and_photos(visitor, resolved, coordinator, in_region):
    report = resolved(photos=[photo()], pin=(-6.178, 106.63), landmark="dekat pasar")
    services.approve_photos(complaint=report, by=coordinator)
    told = visitor.get(f"{URL}/{report.number}").json()
    assert told["text"] == report.text
    assert told["where"]["landmark"] == "dekat pasar"
    assert len(told["photos"]) == 2
    assert visitor.get(told["photos"][0].removeprefix(in_region.base_url)).status_code == 200
    assert [step["state"] for step in told["steps"]][0] == "received"
    assert {step["author"] for step in told["steps"]} <= {"reporter", "coordinator", "agency"}


def test_filters_of_the_list(visitor, resolved, routed, village, other_agency):
    done, waiting = resolved(), routed(pin=(-6.178, 106.63))

    def ask(query):
        answer = visitor.get(f"{URL}?{query}")
        assert answer.status_code == 200, answer.content
        return {row["number"] for row in answer.json()["reports"]}

    everything = {done.number, waiting.number}
    assert ask("category=lampu-jalan&days=7") == everything
    assert ask(f"district={village.parent.code}") == everything
    assert ask(f"agency={done.agency.code}") == everything
    assert ask(f"agency={other_agency.code}") == set()
    assert ask("bbox=106.6,-6.2,106.7,-6.1") == {waiting.number}
    assert ask("sort=waiting") == {waiting.number}
    for wrong in ("bbox=1,2,3", "days=8", "category=no-such", "district=99.99.99", "agency=no",
                  "sort=x", "page=0"):  # fmt: skip
        assert visitor.get(f"{URL}?{wrong}").status_code == 422, wrong


@pytest.fixture
def listener(settings):
    """A program that listens for webhooks."""
    with listening() as told:
        settings.OUTBOUND_TRUSTED = [f"127.0.0.1:{told.port}"]
        yield told


def test_webhooks_tell_public_moves_with_public_facts(listener, routed, make_report, officer):
    webhook_services.create(
        name="Pers", url=listener.url, by=None,
        topics=["complaints.verify", "complaints.accept", "complaints.resolve"],
    )  # fmt: skip
    report = routed(name="Siti Rahasia", email="siti@contoh.test")
    services.accept(complaint=report, by=officer)
    services.accept(complaint=routed(kind="whistle"), by=officer)
    run_outbox()
    told = [json.loads(body) for _path, _headers, body in listener.received]
    assert [item["event"] for item in told] == ["complaints.verify", "complaints.accept"]
    assert told[0]["data"]["report"]["number"] == report.number
    assert told[1]["data"]["report"]["state"] == "in_progress"
    assert "iti" not in json.dumps([item["data"]["report"]["title"] for item in told])
    assert "siti" not in json.dumps(told).lower()


def test_a_report_costs_at_most_twelve_statements_besides_the_outbox(visitor, make_key, village):
    key = make_key()
    told = {**TOLD, "area": village.code}
    for headers in ({}, key):
        post(visitor, "", told, headers)
        with CaptureQueriesContext(connection) as seen:
            assert post(visitor, "", told, headers).status_code == 201
        asked = [query["sql"] for query in seen.captured_queries if '"shared"' not in query["sql"]]
        assert sum(map(counts, asked)) <= 12
