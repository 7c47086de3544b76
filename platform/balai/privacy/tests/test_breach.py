"""A breach: whom it concerns, two people, the letters, the pack; the record of processing."""

import stat
from datetime import timedelta

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from balai.context import region_context
from balai.notify.models import Message
from balai.outbox import delivery
from balai.outbox.models import Event
from balai.privacy import breach_pack, cli, reach, records, registry
from balai.privacy.models import Breach
from balai.privacy.services import breaches
from balai.privacy.states import NotAllowed

pytestmark = pytest.mark.django_db


def told(**changed):
    """Return what the form tells."""
    now = timezone.now()
    return {
        "title": "Tautan cadangan terbuka", "noticed_at": now, "since": now - timedelta(days=2),
        "until": now, "purposes": ["complaints.handling"], "how": "Berkas cadangan terbuka.",
        "measures": "Tautan ditutup, kunci diganti.", "contact": "pdp@contoh.test", **changed,
    }  # fmt: skip


def test_two_people_approve_and_everybody_is_told_once(
    region, outfit, signed_in, make_user
) -> None:
    anna = outfit(region, "KANARIANNA", "+6281211110001")
    first, second = make_user("admin", city=region), make_user("admin", city=region)
    one, two = signed_in(region, first), signed_in(region, second)
    day = "%Y-%m-%dT%H:%M"
    form = {
        name: value.strftime(day) if hasattr(value, "strftime") else value
        for name, value in told(noticed_at=timezone.localtime() - timedelta(hours=1)).items()
    }
    assert (
        one.post(
            "/console/privacy/breaches/new/", {**form, "until": "2001-01-01T00:00"}
        ).status_code
        == 422
    )
    place = one.post("/console/privacy/breaches/new/", form).headers["Location"]
    assert "Berkas cadangan terbuka." in one.get(f"{place}notices/").content.decode()
    one.post(f"{place}approve/")
    one.post(f"{place}approve/")
    with region_context(region):
        assert Breach.objects.get().state == "approved", "the same person twice is one person"
    two.post(f"{place}edit/", {**form, "how": "Lebih tepat."})
    with region_context(region):
        assert Breach.objects.get().state == "draft", "approved words are the words sent"
    one.post(f"{place}approve/")
    two.post(f"{place}approve/")
    with region_context(region):
        row = Breach.objects.get()
        assert row.state == "sent" and row.people >= 1
        event = Event.objects.get(topic=breaches.TELL)
        delivery.deliver(event.pk)
        letters = Message.objects.filter(template=breaches.TEMPLATE)
        assert letters.filter(recipient=anna.email).count() >= 1
        breaches.tell_batch(breach=row.pk, start=0)
        assert letters.count() == Message.objects.filter(template=breaches.TEMPLATE).count()
        with pytest.raises(NotAllowed):
            breaches.edit(breach=row, told=told())
    one.post(f"{place}authority/")
    assert "chip--green" in two.get(place).content.decode()


def test_the_pack_is_closed_to_others_and_names_only_this_city(
    region, other_region, outfit, tmp_path
) -> None:
    outfit(region, "KANARIANNA", "+6281211110001")
    outfit(other_region, "KANARICICI", "+6281211110003")
    now = timezone.now()
    with region_context(region):
        tables = reach.tables_of(["complaints.handling", "jobs.profile"])
        case = breach_pack.Case(
            noticed_at=now, since=now - timedelta(days=1), until=now, tables=tuple(tables)
        )
        summary = breach_pack.write(case, tmp_path / "pack")
        earlier = reach.people(["complaints.Complaint"], until=now - timedelta(days=9))
        assert earlier == [], "rows that came later were not exposed"
    files = {path.name: path for path in (tmp_path / "pack").iterdir()}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.values()} == {0o600}
    assert stat.S_IMODE((tmp_path / "pack").stat().st_mode) == 0o700
    people = files["people.csv"].read_text()
    assert "kanarianna@contoh.test" in people and "KANARICICI" not in people.upper()
    assert "KANARIANNA" not in files["summary.json"].read_text().upper()
    assert "text (ordinary)" in summary["data"]["complaints.Complaint"]
    assert summary["due_at"] == (now + timedelta(hours=72)).isoformat()
    assert set(files) == {
        "summary.json", "people.csv",
        *(f"{name}.{language}.txt" for name in breach_pack.NOTICES for language in ("id", "en")),
    }  # fmt: skip
    assert "46" in files["authority.en.txt"].read_text()


def test_the_command_writes_the_pack_and_refuses_nonsense(region, outfit, tmp_path) -> None:
    outfit(region, "KANARIANNA", "+6281211110001")
    later = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d")
    given = ["privacy", "breach", "--region", region.slug, "--since", "2026-01-01",
             "--until", later, "--out", str(tmp_path / "pack")]  # fmt: skip
    run = CliRunner()
    assert run.invoke(cli.app, given).exit_code == 1, "no purpose, no table"
    assert run.invoke(cli.app, [*given, "--purpose", "nothing.here"]).exit_code == 1
    done = run.invoke(cli.app, [*given, "--tables", "complaints.Contact"])
    assert done.exit_code == 0, done.output
    assert "kanarianna@contoh.test" in (tmp_path / "pack" / "people.csv").read_text()
    assert "kanarianna" not in done.output.lower()
    assert run.invoke(cli.app, [*given, "--tables", "complaints.Contact"]).exit_code == 1


def test_every_table_with_personal_data_has_a_purpose_and_the_record_tells(
    region, make_user, client_for
) -> None:
    assert records.uncovered() == []
    for purpose in registry.purposes():
        assert purpose.retention and purpose.data and purpose.models, purpose.slug
    admin = client_for(region, make_user("admin", city=region))
    page = admin.get("/console/privacy/records/").content.decode()
    table = b"".join(admin.get("/console/privacy/records.csv").streaming_content).decode()
    for purpose in registry.purposes():
        assert ", ".join(purpose.models) in page and ", ".join(purpose.models) in table
    assert admin.get("/console/privacy/records.pdf").content.startswith(b"%PDF-")
    public = client_for(region).get("/privacy/").content.decode()
    assert "20 (2) d" in public and "UU 25/2009" in public
    assert client_for(region).get("/console/privacy/records/").status_code == 302
