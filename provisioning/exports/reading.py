"""Open an archive that somebody brings: is it whole, who signed it, what can be read here."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from balai.classify import registry
from provisioning import release
from provisioning.exports import signature
from provisioning.exports.making import FORMAT, VERSION
from provisioning.exports.parts import by_table, column_types
from provisioning.exports.sealing import ArchiveKey, WrongPassphrase, key_of

BLOCK: Final = 1024 * 1024
MANIFEST_MOST: Final = 64 * 1024 * 1024
SIGNED: Final = frozenset({"manifest.json", "manifest.sig"})


class ArchiveProblem(Exception):  # noqa: N818  # it reads as what is wrong
    """Raised for an archive that cannot be taken in; the message is for a person."""


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose manifest is signed; its files are checked by :func:`check_files`."""

    path: Path
    manifest: dict[str, Any]

    @property
    def signer(self) -> str:
        """The fingerprint of who signed it."""
        return signature.fingerprint(bytes.fromhex(self.manifest["signer"]))

    @property
    def ours(self) -> bool:
        """Whether this platform signed it."""
        return bool(self.manifest["signer"] == signature.public_key().hex())

    def open(self, name: str) -> Any:
        """Open a file of the archive for reading."""
        return zipfile.ZipFile(self.path).open(name)

    def load(self, name: str) -> Any:
        """Return the content of a JSON file."""
        with self.open(name) as file:
            return json.load(file)


@dataclass(slots=True)
class Fit:
    """What of an archive this version can take in.

    ``lost`` are sentences about what cannot be read here and stays behind, ``notes`` those about
    what is otherwise than there.
    """

    lost: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def open_archive(path: Path) -> Archive:
    """Return the archive; its manifest is signed by whoever it names.

    Raises:
        ArchiveProblem: for anything that is not such an archive, or was altered.
    """
    try:
        with zipfile.ZipFile(path) as zipped:
            if zipped.getinfo("manifest.json").file_size > MANIFEST_MOST:
                raise ArchiveProblem("its manifest is too large to be true")
            content = zipped.read("manifest.json")
            signed = zipped.read("manifest.sig")
            names = zipped.namelist()
        manifest = json.loads(content)
        key = bytes.fromhex(manifest["signer"])
        told = {*manifest["files"], *SIGNED}
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise ArchiveProblem(f"this is no export of a region: {error}") from error
    if not signature.fits(content, signed, key):
        raise ArchiveProblem("the signature does not fit the manifest: it was altered")
    if manifest.get("format") != FORMAT or manifest.get("version") != VERSION:
        raise ArchiveProblem(
            f"it is {manifest.get('format')} version {manifest.get('version')};"
            f" this version reads {FORMAT} version {VERSION}"
        )
    if sorted(names) != sorted(told):
        raise ArchiveProblem("files were added to it, or taken away")
    return Archive(path, manifest)


def check_files(
    archive: Archive, tell: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Compare size and SHA-256 of every file with the signed manifest.

    Raises:
        ArchiveProblem: naming the first file that differs.
    """
    files = archive.manifest["files"]
    with zipfile.ZipFile(archive.path) as zipped:
        for done, (name, told) in enumerate(files.items()):
            tell(done, len(files))
            if zipped.getinfo(name).file_size != told["bytes"]:
                raise ArchiveProblem(f"{name} is not as long as it was")
            try:
                with zipped.open(name) as file:
                    found = hashlib.sha256()
                    while block := file.read(BLOCK):
                        found.update(block)
            except zipfile.BadZipFile as error:
                raise ArchiveProblem(f"{name} is damaged") from error
            if found.hexdigest() != told["sha256"]:
                raise ArchiveProblem(f"{name} was altered")


def unlock(archive: Archive, passphrase: str) -> ArchiveKey:
    """Return the key of an archive.

    Raises:
        ArchiveProblem: when the passphrase is not this archive's.
    """
    sealing = archive.manifest["sealing"]
    key = key_of(passphrase, bytes.fromhex(sealing["salt"]))
    try:
        key.open(sealing["check"], place="check")
    except WrongPassphrase as error:
        raise ArchiveProblem("the passphrase is not the one of this archive") from error
    return key


def compare(archive: Archive) -> Fit:
    """Return what this version cannot read of the archive, and what is otherwise here."""
    fit = Fit()
    there = archive.manifest["release"]
    if there["fingerprint"] != release.ensure().fingerprint:
        fit.notes.append(
            f"it was made by release {there['fingerprint'][:12]}, here is"
            f" {release.ensure().fingerprint[:12]}"
        )
    known = by_table()
    tables = {told["table"]: told for told in archive.manifest["tables"]}
    for name, told in tables.items():
        if name not in known:
            _unknown_table(fit, name, told)
            continue
        columns = column_types(known[name])
        gone = [column for column in told["columns"] if column not in columns]
        if gone and told["rows"]:
            fit.lost.append(f"{name}: columns {', '.join(gone)} are unknown here")
        new = [column for column in known[name].columns if column not in told["columns"]]
        if new:
            fit.notes.append(f"{name}: columns {', '.join(new)} are new here and get their default")
    fit.notes += [f"{name}: new here, stays empty" for name in known if name not in tables]
    return fit


def _unknown_table(fit: Fit, name: str, told: dict[str, Any]) -> None:
    here = {model._meta.db_table for model in registry.region_models()}
    why = "stays behind here" if name in here else "unknown here"
    if told["rows"]:
        fit.lost.append(f"{name}: {told['rows']} rows, {why}")
    else:
        fit.notes.append(f"{name}: empty there, {why}")
