"""Each right, for the person and nobody else: two cities, two people, canaries (I-01, I-11)."""

import io
import json
import time
import zipfile

import pytest
import time_machine
from django.utils import timezone

from balai.context import region_context
from balai.privacy import law, ledger, registry, subjects
from balai.privacy.models import Consent, DataRequest
from balai.privacy.person import Person
from balai.privacy.states import State
from modules.complaints import services as complaints, tokens
from modules.complaints.models import Category, Complaint, Contact
from modules.complaints.services.intake import Draft

pytestmark = pytest.mark.django_db


def opened(response) -> str:
    """Return everything in the ZIP as one text."""
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert {"data.json", "README.id.txt", "README.en.txt"} <= set(archive.namelist())
        json.loads(archive.read("data.json"))
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_i01_a_pack_holds_all_of_one_person_and_nothing_of_another(
    region, other_region, outfit, signed_in
) -> None:
    anna = outfit(region, "KANARIANNA", "+6281211110001")
    outfit(region, "KANARIBUDI", "+6281211110002")
    outfit(other_region, "KANARICICI", "+6281211110003")
    client = signed_in(region, anna)
    assert client.get("/my-data/download/").status_code == 405
    told = opened(client.post("/my-data/download/"))
    page = client.get("/my-data/all/").content.decode()
    for text in (told, page):
        assert "KANARIBUDI" not in text and "KANARICICI" not in text
        assert "81211110002" not in text and "81211110003" not in text
    for place in ("Nama", "Pelapor", "Pencaker", "Kartu", "112", "laporan 1", "Perizinan"):
        assert (f"KANARIANNA {place}" in told) or place in ("laporan 1", "Perizinan")
    assert "KANARIANNA laporan 1" in told and "Perizinan" in told and "pbkdf2" not in told
    with region_context(region):
        row = DataRequest.objects.get(user=anna, kind=law.Kind.ACCESS)
        assert (row.state, row.due_at - row.received_at) == (State.DONE, law.TERM)
        assert set(subjects.collect(Person(user=anna))) == {
            "accounts", "complaints", "emergency", "files", "jobs", "notify", "partners",
            "prices", "signon",
        }  # fmt: skip


def test_an_old_sign_in_sees_nothing_and_signs_in_again(region, make_user, signed_in) -> None:
    user = make_user(city=region)
    stale, now = signed_in(region, user, ago=3600), signed_in(region, user)
    for path in ("all", "correct", "restrict", "delete"):
        assert stale.get(f"/my-data/{path}/").status_code == 403
        assert now.get(f"/my-data/{path}/").status_code == 200
    assert stale.post("/my-data/download/").status_code == 403
    assert stale.post("/my-data/delete/").status_code == 403
    assert stale.get("/my-data/").status_code == 200
    away = stale.post("/my-data/again/", {"next": "https://evil.example/"})
    assert away.headers["Location"] == "/accounts/login/?next=%2Fmy-data%2F"
    assert stale.get("/my-data/").status_code == 302, "signed out"
    with region_context(region):
        user.set_password("sandi-yang-panjang-1")
        user.save()
    known = signed_in(region, user, ago=3600)
    away = known.post("/my-data/again/", {"next": "/my-data/all/"})
    assert away.headers["Location"] == "/accounts/reauthenticate/?next=%2Fmy-data%2Fall%2F"


def test_without_an_account_number_and_secret_give_the_same_rights(
    region, other_region, client_for
) -> None:
    with region_context(region):
        lamps = Category.objects.get(slug="lampu-jalan")
        mine, others = (
            complaints.report(
                draft=Draft(category=lamps, text=f"Lampu {name} mati sekali gelap",
                            name=name, email=f"{name}@contoh.test")
            ).complaint
            for name in ("kanarisatu", "kanaridua")
        )  # fmt: skip
        secret = tokens.secret_of(mine.uuid)
    given = {"part": "complaints", "number": mine.number, "code": secret}
    assert client_for(other_region).post("/my-data/ticket/", given).status_code == 422
    client = client_for(region)
    assert client.get("/my-data/").status_code == 302
    assert client.post("/my-data/ticket/", {**given, "code": "AAAA-2222"}).status_code == 422
    assert client.post("/my-data/ticket/", given).headers["Location"] == "/my-data/"
    told = opened(client.post("/my-data/download/"))
    assert "kanarisatu" in told and "kanaridua" not in told
    assert client.get("/my-data/consents/").status_code == 200
    away = client.post("/my-data/delete/")
    with region_context(region):
        row = DataRequest.objects.get(kind=law.Kind.DELETION)
        assert (row.user, row.ticket) == (None, f"complaints:{mine.uuid}")
    assert away.headers["Location"] == f"/my-data/requests/{row.uuid}/"
    with time_machine.travel(time.time() + 72 * 3600 + 1), region_context(region):
        from balai.privacy.services import deletion

        assert deletion.run_due(now=timezone.now()) == 1
        assert not Contact.objects.filter(complaint=mine).exists()
        assert Contact.objects.filter(complaint=others).exists()
        assert Complaint.objects.get(pk=mine.pk).text, "it is still worked on"
    assert client.post("/my-data/ticket/leave/").status_code == 302
    assert client.get("/my-data/").status_code == 302


def test_every_consent_is_in_the_ledger_shown_and_really_withdrawn(
    region, outfit, signed_in
) -> None:
    anna = outfit(region, "KANARIANNA", "+6281211110001")
    client, person = signed_in(region, anna), Person(user=anna)
    wanted = {"notify.follow", "notify.push", "jobs.profile", "signon.apps"}
    with region_context(region):
        standing = {one.purpose.slug: one for one in ledger.standings(person)}
    assert wanted <= set(standing) and all(one.given for one in standing.values())
    assert standing["notify.push"].last is None, "from before the ledger: what is stored counts"
    for slug in sorted(wanted):
        asked = client.get(f"/my-data/consents/{slug}/").content.decode()
        assert str(registry.purpose(slug).label) in asked
        assert client.post(f"/my-data/consents/{slug}/").status_code == 302
    with region_context(region):
        assert not any(one.given for one in ledger.standings(person) if one.purpose.slug in wanted)
        told = subjects.collect(person)
        assert told["notify"]["follows"] == told["notify"]["browsers"] == []
        assert told["jobs"]["profile"]["name"] == "" and told["jobs"]["cards"], "cards stay"
        assert "signon" not in told
        done = DataRequest.objects.filter(user=anna, kind=law.Kind.WITHDRAWAL)
        assert {row.state for row in done} == {State.DONE} and done.count() == len(wanted)
        acts = [(line.purpose, line.act) for line in ledger.history(person)]
        assert ("jobs.profile", "withdrawn") in acts and ("jobs.profile", "given") in acts
    assert client.get("/my-data/consents/complaints.handling/").status_code == 404
    page = client.get("/my-data/consents/").content.decode()
    assert str(registry.purpose("emergency.calls").label) in page


def test_the_ledger_names_nobody_and_cannot_be_rewritten(region, make_user) -> None:
    from django.db import ProgrammingError, connection, transaction

    with region_context(region):
        user = make_user()
        ledger.note(name=f"user:{user.uuid}", purpose="jobs.profile", given=True)
        ledger.note(name=f"user:{user.uuid}", purpose="jobs.profile", given=True)
        (line,) = Consent.objects.filter(purpose="jobs.profile")
        assert str(user.uuid) not in line.who and len(line.who) == 32
        with pytest.raises(TypeError):
            line.save()
        with pytest.raises(TypeError):
            Consent.objects.all().delete()
        for statement in ("UPDATE privacy_consent SET act = ''", "DELETE FROM privacy_consent"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)
        with pytest.raises(ValueError, match="consent"):
            ledger.note(name="user:x", purpose="complaints.handling", given=True)
