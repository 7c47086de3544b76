"""Pages for work without a network: the same for everybody, kept by the phone.

What scripts do with them is proved in a browser: ``tests/journeys/test_drafts.py``.
"""

import json
import re
from collections.abc import Callable

import pytest
from django.contrib.staticfiles import finders

from balai.context import Region
from modules.complaints.models import Category
from modules.complaints.tests.test_sending import told

KEPT = ("/complaints/drafts/", "/complaints/drafts/new/")


@pytest.mark.parametrize("path", KEPT)
def test_the_pages_are_nobody_s(
    path: str, in_region: Region, client_for: Callable, make_user: Callable
) -> None:
    person = make_user(name="Kenari Masuk", email="kenari@contoh.test")
    shown = [client.get(path) for client in (client_for(in_region, person), client_for(in_region))]
    assert shown[0].status_code == 200
    assert shown[0].content == shown[1].content
    for words in (b"csrfmiddlewaretoken", b"Kenari", b"idempotency_key", b"X-CSRFToken"):
        assert words not in shown[0].content
    assert b'href="tel:112"' in shown[0].content


@pytest.mark.parametrize(("language", "word"), [("en", "phone"), ("id", "ponsel")])
def test_the_address_names_the_language(language: str, word: str, visitor: object) -> None:
    shown = visitor.get(f"/complaints/drafts/?language={language}").content.decode()
    assert f'<html lang="{language}"' in shown
    assert visitor.get("/complaints/drafts/?language=xx").status_code == 200


def test_the_kept_form_is_the_form(visitor: object) -> None:
    kept = visitor.get("/complaints/drafts/new/").content.decode()
    real = visitor.get("/complaints/new/").content.decode()
    assert 'action="/complaints/new/"' in kept
    assert 'data-draft-page="/complaints/new/"' in kept

    def names(html: str) -> set[str]:
        return set(re.findall(r'name="(\w+)"', html.partition("<main")[2].partition("</main>")[0]))

    assert names(real) - names(kept) == {"csrfmiddlewaretoken", "idempotency_key"}


def test_a_draft_sent_twice_under_its_key_is_one_report(
    visitor: object, lamps: Category, village: object
) -> None:
    from modules.complaints.models import Complaint

    data = {k: v for k, v in told(lamps, village).items() if k != "idempotency_key"}
    key = {"Idempotency-Key": "11111111-2222-3333-4444-555555555555"}
    first = visitor.post("/complaints/new/", data, headers=key)
    again = visitor.post("/complaints/new/", data, headers=key)
    assert (first.status_code, first["Location"]) == (302, again["Location"])
    assert Complaint.objects.filter(landmark="Dekat halte").count() == 1


def test_the_worker_knows_which_page_stands_in_for_which(visitor: object) -> None:
    script = visitor.get("/sw.js").content.decode()
    pages = json.loads(re.search(r"const PAGES = (\{.*?\});", script)[1])
    assert pages["/complaints/new/"] == KEPT[1]
    assert pages["/complaints/drafts/"] == KEPT[0]
    files = json.loads(re.search(r"const FILES = (\[.*?\]);", script)[1])
    for path in ("balai/js/drafts", "balai/js/packing", "balai/js/shelf", "complaints/css/own"):
        assert any(path in name for name in files), path
    assert finders.find("complaints/css/own.css")
    visitor.cookies["balai_language"] = "en"
    english = visitor.get("/sw.js").content.decode()
    assert "/complaints/drafts/?language=en" in english
    assert english != script


def test_the_offline_page_leads_to_them(visitor: object) -> None:
    shown = visitor.get("/offline/").content.decode()
    assert 'href="/complaints/new/"' in shown
    assert 'href="/complaints/drafts/"' in shown
