"""Take an archive into a new region: rows and files, then everything compared."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from balai import audit, context
from balai.accounts.models import Membership, User
from balai.accounts.services import grant_role
from balai.files.models import StoredFile
from provisioning.cells.staying import stays
from provisioning.exports import lines, loading
from provisioning.exports.parts import Part, by_table
from provisioning.exports.reading import Archive, ArchiveProblem
from provisioning.exports.sealing import ArchiveKey
from provisioning.opening import open_region
from tenants import directory, selectors
from tenants.backend.migrating import migrating
from tenants.models import ModuleSwitch, Region
from tenants.states import State

ACTION = "region.imported"
Tell = Callable[[str, int, int], None]


@dataclass(slots=True)
class Taken:
    """What came in: rows by table, files, and the tables whose contents were compared."""

    region: context.Region
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    compared: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where to: the address, the first admin's e-mail address, the Kemendagri code."""

    slug: str
    email: str
    code: str


def take(archive: Archive, key: ArchiveKey, place: Place, tell: Tell) -> Taken:
    """Open the region if it is not there yet, and load the archive into it.

    The files come first, then all rows in one transaction with the comparison at its end: a
    process that dies leaves an empty region, and the same command goes on. In another cell than
    the main one the region's settings commit just before its rows.

    Raises:
        MovesError: while the region moves to another cell.
        ArchiveProblem: when the region has been used, or what was loaded is not what was sent.
    """
    region = _region(archive, place)
    with stays(region.id) as here:
        return _take(archive, key, place, here, tell)


def _take(
    archive: Archive, key: ArchiveKey, place: Place, region: context.Region, tell: Tell
) -> Taken:
    taken = Taken(region)
    taken.files = _files(archive, region, tell)
    with context.region_context(region), transaction.atomic():
        _rows(archive, key, taken, tell)
        _settings(archive, region)
        _compare(archive, key, taken, tell)
        with context.region_context(region):
            _admin(place.email)
        with context.platform():
            audit.record(
                action=ACTION,
                target=region.schema,
                after={"rows": sum(taken.rows.values()), "files": taken.files,
                       "made_at": archive.manifest["made_at"], "signer": archive.signer},
            )  # fmt: skip
    directory.invalidate(region.schema)
    return taken


def _region(archive: Archive, place: Place) -> context.Region:
    with context.platform():
        row = selectors.row_called(place.slug)
        if row is None or row.state == State.BUILDING:
            row = open_region(
                code=place.code, slug=place.slug, email=place.email, preset="pilot",
                name=archive.manifest["region"]["name"],
            )  # fmt: skip
        region = selectors.freeze(row)
    with context.region_context(region):
        if region.state != State.SANDBOX or _used():
            raise ArchiveProblem(f"{place.slug} is in use: an export goes into an empty region")
    return region


def _used() -> bool:
    """Tell whether somebody has begun to work in the active region."""
    people = User.objects.all()
    signed_in = people.filter(last_login__isnull=False).exists()
    return signed_in or people.count() > 1 or StoredFile.objects.exists()


def _files(archive: Archive, region: context.Region, tell: Tell) -> int:
    files = {name: told for name, told in archive.manifest["files"].items()
             if name.startswith("media/")}  # fmt: skip
    with context.region_context(region):
        for done, (name, told) in enumerate(files.items()):
            tell("files", done, len(files))
            with archive.open(name) as source:
                content = source.read()
            if hashlib.sha256(content).hexdigest() != told["sha256"]:
                raise ArchiveProblem(f"{name} was altered")
            stored = name.removeprefix("media/")
            default_storage.delete(stored)
            if default_storage.save(stored, ContentFile(content)) != stored:
                raise ArchiveProblem(f"{name} cannot be stored under its name")
    return len(files)


def _rows(archive: Archive, key: ArchiveKey, taken: Taken, tell: Tell) -> None:
    told = [table for table in archive.manifest["tables"] if table["table"] in by_table()]
    with migrating(taken.region), connection.cursor() as cursor:
        loading.empty(cursor)
        for done, table in enumerate(told):
            tell("tables", done, len(told))
            part = by_table()[table["table"]]
            taken.rows[part.table] = loading.load(cursor, part, archive, key)
        loading.set_sequences(cursor, archive.manifest["sequences"])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _settings(archive: Archive, region: context.Region) -> None:
    about: dict[str, Any] = archive.load("region.json")
    with context.platform():
        row = Region.objects.get(pk=region.id)
        row.brand, row.words, row.timezone = about["brand"], about["words"], about["timezone"]
        row.save(update_fields=["brand", "words", "timezone"])
        for told in about["modules"]:
            ModuleSwitch.objects.filter(region=row, slug=told["slug"]).update(
                enabled=told["enabled"], label=told["label"], position=told["position"],
                settings=told["settings"],
            )  # fmt: skip
        directory.notify(region.schema)


def _compare(archive: Archive, key: ArchiveKey, taken: Taken, tell: Tell) -> None:
    told = [table for table in archive.manifest["tables"] if table["table"] in by_table()]
    with context.region_context(taken.region), connection.cursor() as cursor:
        for done, table in enumerate(told):
            tell("compare", done, len(told))
            part = by_table()[table["table"]]
            if taken.rows[part.table] != table["rows"]:
                raise ArchiveProblem(
                    f"{part.table}: {table['rows']} rows were sent, {taken.rows[part.table]} came"
                )
            if list(part.columns) != table["columns"]:
                continue
            if _content(cursor, part, key) != table["content"]:
                raise ArchiveProblem(
                    f"{part.table}: the rows that came are not those that were sent"
                )
            taken.compared += 1


def _content(cursor: Any, part: Part, key: ArchiveKey) -> str:
    found = key.content()

    def take(line: bytes) -> None:
        found.update((lines.dump(lines.opened(part, line)) if part.opened else line) + b"\n")

    lines.read(cursor, part, take)
    return found.hexdigest()


def _admin(email: str) -> None:
    """See to it that whoever imports can sign in as an admin."""
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(email=address)
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    if not Membership.objects.filter(user=user, role="admin").exists():
        grant_role(user=user, role="admin")
