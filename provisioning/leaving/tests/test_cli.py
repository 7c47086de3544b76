"""The commands as an operator types them: export, import, backup, restore, drill."""

import json
import re
import zipfile

from django.test import override_settings
from typer.testing import CliRunner

from balai import context
from balai.accounts.models import User
from balai.context import platform
from provisioning.cli import app
from provisioning.exports.tests.conftest import Full
from tenants import directory


def run(*words: str, typed: str = "") -> str:
    done = CliRunner().invoke(app, words, input=typed)
    assert done.exit_code == 0, done.output
    return done.output


def fails(*words: str, typed: str = "") -> str:
    done = CliRunner().invoke(app, words, input=typed)
    assert done.exit_code == 1, done.output
    return done.output


def test_a_region_goes_out_and_comes_in_by_the_command_line(full: Full) -> None:
    path = str(full.folder / "out.zip")
    told = run("region", "export", "tangerang", "--to", path)
    words = re.search(r"once: (\S+)", told)
    assert words
    assert "there already" in fails("region", "export", "tangerang", "--to", path)
    order = ("region", "import", path, "--slug", "kembar", "--email", "baru@contoh.go.id")
    assert "passphrase is not" in fails(*order, "--code", "31.71", typed="WRONG\n")
    assert directory_of("r_kembar") is None
    came = run(*order, "--code", "31.71", typed=f"{words[1].lower()}\n")
    assert "all equal" in came
    assert "not in it: outbox_event" in came
    assert "in use" in fails(*order, "--code", "31.71", typed=f"{words[1]}\n")
    copy = directory_of("r_kembar")
    assert copy is not None
    with context.region_context(copy):
        user = User.objects.get(email="baru@contoh.go.id")
        assert user.has_perm("console.access")


def test_backup_restore_and_drill_by_the_command_line(full: Full) -> None:
    with override_settings(BACKUP_ROOT=full.folder / "backups"):
        assert "no backup" in fails("region", "restore", "tangerang", "--yes")
        assert json.loads(run("region", "backup", "tangerang", "--json"))["rows"] > 100
        assert "In service" in run("region", "restore", "tangerang", typed="y\n")
        run("region", "restore", "tangerang", "--confirm")
        assert "no open restore" in fails("region", "restore", "tangerang", "--undo")
        assert "there is no backup" in fails("backup", "drill")
        listed = run("backup", "list")
        assert re.search(r"tangerang +20\d\d.* tried \d{4}", listed)
        assert re.search(r"purworejo +none", listed)


def directory_of(schema: str) -> context.Region | None:
    with platform():
        return directory.by_schema(schema)


def test_an_altered_archive_is_refused(full: Full) -> None:
    path, bad = full.folder / "out.zip", full.folder / "bad.zip"
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(bad, "w") as out:
        for name in good.namelist():
            content = good.read(name)
            if name == "data/accounts_user.jsonl":
                content = content.replace(b"tangerangkota", b"tangerangkotb")
            out.writestr(name, content)
    order = ("region", "import", str(bad), "--slug", "lain", "--email", "a@b.go.id")
    said = fails(*order, "--code", "31.72", typed="X\n")
    assert "accounts_user.jsonl was altered" in said
    assert directory_of("r_lain") is None
    bad.write_bytes(b"PK nothing")
    assert "no export" in fails(*order)
