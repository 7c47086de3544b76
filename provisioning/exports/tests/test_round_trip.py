"""Life cycle: export -> import -> export gives the same, over a row in every table."""

import json
import zipfile
from pathlib import Path

import pytest

from balai import context, secrets
from balai.classify import registry
from modules.jobs.models import Card
from provisioning.exports import lines, reading, taking
from provisioning.exports.making import Order, make
from provisioning.exports.parts import by_table, parts
from provisioning.exports.sealing import key_of, new_salt
from provisioning.exports.tests.conftest import Full

PHRASE = "K7M4-Q2XD-9999-ABCD-EFGH-JKMN"


def quiet(*told: object) -> None:
    """Hear of progress."""


def export(region: context.Region, path: Path) -> Path:
    salt = new_salt()
    make(Order(region, key_of(PHRASE, salt), salt, path))
    return path


def canonical(path: Path) -> dict[str, object]:
    """Return what an archive says, with sealed values opened, without what names the place."""
    archive = reading.open_archive(path)
    key = reading.unlock(archive, PHRASE)
    found: dict[str, object] = {"sequences": archive.manifest["sequences"]}
    for part in parts():
        with archive.open(f"data/{part.table}.jsonl") as file:
            found[part.table] = [lines.unsealed(part, lines.parsed(line), key) for line in file]
    for name, told in archive.manifest["files"].items():
        if name.startswith(("media/", "schema/")) or (
            name.startswith("csv/") and not by_table()[name[4:-4]].opened
        ):
            found[name] = told["sha256"]
    about = archive.load("region.json")
    found["region"] = {key: about[key] for key in ("brand", "words", "modules", "timezone")}
    return found


@pytest.fixture(scope="module")
def first(full: Full) -> Path:
    return export(full.region, full.folder / "first.zip")


def test_every_table_goes_along_with_a_row(full: Full, first: Path) -> None:
    archive = reading.open_archive(first)
    told = {table["table"]: table["rows"] for table in archive.manifest["tables"]}
    assert [name for name, rows in told.items() if not rows] == []
    every = {model._meta.db_table for model in registry.region_models()}
    behind = {name for name in archive.manifest["left_out"] if not name.startswith("media/")}
    assert told.keys() | behind == every
    assert not told.keys() & behind


def test_nothing_sealed_or_secret_is_in_the_clear(full: Full, first: Path) -> None:
    with zipfile.ZipFile(first) as zipped:
        everything = b"".join(zipped.read(name) for name in zipped.namelist())
        card = json.loads(zipped.read("data/jobs_card.jsonl").splitlines()[0])
        user = json.loads(zipped.read("data/accounts_user.jsonl").splitlines()[0])
    with context.region_context(full.region):
        nik = secrets.unseal(Card.objects.order_by("pk").first().nik, purpose="jobs.nik")
    assert nik.endswith(" nik")
    assert nik.encode() not in everything
    assert card["nik"] and "nik_digest" not in card
    assert "password" not in user


def test_export_import_export_is_identical(full: Full, first: Path) -> None:
    archive = reading.open_archive(first)
    assert archive.ours
    reading.check_files(archive)
    assert reading.compare(archive).lost == []
    key = reading.unlock(archive, PHRASE)
    place = taking.Place(slug="kembar", email="admin@tangerangkota.go.id", code="31.71")
    taken = taking.take(archive, key, place, quiet)
    assert taken.compared == len(parts())
    second = export(taken.region, full.folder / "second.zip")
    one, two = canonical(first), canonical(second)
    assert [name for name in one if one[name] != two[name]] == []
    assert one.keys() == two.keys()
    with context.region_context(taken.region):
        card = Card.objects.order_by("pk").first()
        nik = secrets.unseal(card.nik, purpose="jobs.nik")
        assert secrets.digest(nik, purpose="jobs.nik") == bytes(card.nik_digest)
    with pytest.raises(reading.ArchiveProblem, match="in use"):
        taking.take(archive, key, taking.Place("tangerang", "a@b.go.id", "36.71"), quiet)
