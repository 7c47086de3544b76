"""D-04: one key, one row, one answer."""

import json
import threading
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from balai import context
from balai.api.idempotency import FIELD, idempotent
from balai.outbox.models import IdempotencyKey
from tests.dummy.specimen.models import Note

KEY = "7b0f5b52-2c0e-4d0b-9d0e-000000000001"


@idempotent("trial.write")
def write(request):
    """Write a note; answer with its number."""
    note = Note.objects.create(text=request.POST.get("text", ""))
    if request.POST.get("wrong"):
        return HttpResponse("no", status=422)
    response = HttpResponseRedirect(f"/receipt/{note.pk}")
    response.set_cookie("mine", str(note.pk), httponly=True, samesite="Lax", max_age=60)
    return response


def post(key=KEY, form_key="", **fields):
    headers = {"Idempotency-Key": key} if key else {}
    if form_key:
        fields[FIELD] = form_key
    return write(RequestFactory().post("/write/", fields, headers=headers))


def test_a_repeated_request_gets_the_same_answer_and_writes_nothing(in_region):
    first, again = post(text="lampu"), post(text="lampu")
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert again.cookies["mine"].OutputString() == first.cookies["mine"].OutputString()
    assert again["Idempotency-Replayed"] == "true"
    assert Note.objects.filter(text="lampu").count() == 1


def test_other_contents_under_the_key_are_refused(in_region):
    post(text="lampu")
    other = post(text="jalan")
    assert (other.status_code, json.loads(other.content)["code"]) == (422, "unprocessable_entity")
    assert not Note.objects.filter(text="jalan").exists()


def test_another_photo_is_other_contents(in_region):
    def send(data):
        return post(text="lampu", photo=SimpleUploadedFile("a.jpg", data))

    assert [send(b"one").status_code, send(b"one").status_code, send(b"two").status_code] == [
        302,
        302,
        422,
    ]


def test_a_refused_request_is_undone_and_may_be_mended(in_region):
    assert post(text="lampu", wrong="1").status_code == 422
    assert not Note.objects.filter(text="lampu").exists()
    assert not IdempotencyKey.objects.exists()
    assert post(text="lampu").status_code == 302


def test_a_request_without_a_key_is_not_remembered(in_region):
    assert [post(key="", text="a").status_code for _ in range(2)] == [302, 302]
    assert Note.objects.filter(text="a").count() == 2


@pytest.mark.parametrize("key", ["short", "x" * 65, "white space 12", "ünïcödé-key"])
def test_a_strange_key_is_refused(in_region, key):
    request = RequestFactory().post("/write/", {"text": "a"})
    request.META["HTTP_IDEMPOTENCY_KEY"] = key
    assert write(request).status_code == 400
    assert not Note.objects.filter(text="a").exists()


def test_a_form_sent_twice_counts_once_and_a_changed_one_twice(in_region):
    for text in ("lampu", "lampu", "lampu dan jalan"):
        assert post(key="", form_key=KEY, text=text).status_code == 302
    assert Note.objects.filter(text__startswith="lampu").count() == 2


def test_i11_a_key_of_one_city_means_nothing_in_another(region, other_region):
    for city in (region, other_region):
        with context.region_context(city):
            post(text="lampu")
            assert Note.objects.filter(text="lampu").count() == 1


@contextmanager
def another_request(city, work):
    """Run ``work`` in a thread and connection of its own."""
    found = []

    def run():
        with context.region_context(city):
            found.append(work())
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield found
    thread.join(20)


def test_d04_a_request_in_progress_is_409_for_programs_and_waited_for_by_forms(cities):
    inside, leave = threading.Event(), threading.Event()

    @idempotent("trial.slow")
    def slow(request):
        inside.set()
        leave.wait(10)
        return HttpResponse(str(Note.objects.create(text="slow").pk))

    def send(**headers):
        return slow(RequestFactory().post("/slow/", {"a": "1"}, headers=headers))

    def send_form():
        return slow(RequestFactory().post("/slow/", {"a": "1", FIELD: KEY}))

    by_key = {"Idempotency-Key": KEY}
    with another_request(cities.here, lambda: send(**by_key)) as first:
        assert inside.wait(5)
        with context.region_context(cities.here):
            assert send(**by_key).status_code == 409
        leave.set()
    inside.clear()
    leave.clear()
    with another_request(cities.here, send_form) as second:
        assert inside.wait(5)
        with another_request(cities.here, send_form) as third:
            leave.set()
    with context.region_context(cities.here):
        assert Note.objects.filter(text="slow").count() == 2
    assert first[0].status_code == 200
    assert second[0].content == third[0].content
