"""Stored bytes lie in their region, and are served only to who may see them."""

import errno
import os
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from balai import context, files
from balai.files import policies, tasks
from balai.files.models import StoredFile
from balai.files.services import clean_name
from balai.files.tests import corpus

PURPOSE = "trial"


@pytest.fixture(autouse=True)
def media(tmp_path, settings, monkeypatch):
    """Keep the test's files in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("balai.files.policies._policies", {})
    monkeypatch.setattr("balai.files.policies._public", set())
    forget_where()
    yield tmp_path
    forget_where()


def forget_where():
    """Let the storage read MEDIA_ROOT again."""
    assert default_storage.inner is not None, "the lazy object is made by its first use"
    del default_storage._wrapped.inner


def store(name="lampu jalan.jpg", purpose=PURPOSE, **fields):
    upload = SimpleUploadedFile(name, corpus.telephone_photo(), "image/jpeg")
    return files.store_photo(upload, owner="trial:1", purpose=purpose, **fields)


def test_i11_files_of_two_regions_never_meet(region, other_region, media):
    with context.region_context(region):
        default_storage.save("brand/logo.png", ContentFile(b"A"))
    with context.region_context(other_region):
        assert not default_storage.exists("brand/logo.png")
        assert default_storage.listdir("brand") == ([], [])
    assert (media / region.schema / "brand" / "logo.png").read_bytes() == b"A"


@pytest.mark.parametrize("name", ["../r_purworejo/a", "/etc/passwd", "a/../../b", "a\\..\\b", ""])
def test_i11_a_name_cannot_leave_its_region(in_region, name):
    with pytest.raises((SuspiciousFileOperation, ValueError)):
        default_storage.open(name)
    with pytest.raises(SuspiciousFileOperation):
        default_storage.exists(name)


def test_i11_without_a_region_there_is_no_file(db):
    with pytest.raises(context.NoRegionError):
        default_storage.exists("brand/logo.png")
    with context.platform(), pytest.raises(context.NoRegionError):
        default_storage.save("brand/logo.png", ContentFile(b"A"))


def test_a_stored_photo_knows_what_it_was(in_region, media):
    kept = store("C:\\foto\\lampu <jalan>.jpg")
    assert kept.name == "lampu _jalan_.jpg"
    assert kept.latitude == pytest.approx(-6.17825, abs=1e-5)
    assert (kept.width, kept.height) == (1200, 1600)
    assert len(kept.sha256) == 64
    paths = sorted(path.relative_to(media) for path in media.rglob("*") if path.is_file())
    folder = Path(in_region.schema, PURPOSE, str(kept.uuid))
    assert paths == [folder / "large.jpeg", folder / "medium.webp", folder / "thumb.webp"]
    assert all((media / path).stat().st_mode & 0o077 == 0 for path in paths)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\x00b\r\n.jpg", "a_b_.jpg"),
        ("...", "photo"),
        ("", "photo"),
        ("foto " + "x" * 300, "foto " + "x" * 95),
    ],
)
def test_a_client_s_file_name_is_cleaned(given, kept):
    assert clean_name(given) == kept


def test_d05_a_full_disk_refuses_the_photo_and_says_that_the_text_is_kept(in_region, monkeypatch):
    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("balai.files.storage.DurableFiles._save", full)
    with pytest.raises(files.UploadRejected, match="(?i)text is kept|tulisan"):
        store()
    assert not StoredFile.objects.exists()


def test_d05_a_disk_that_fills_up_half_way_keeps_no_half(in_region, media, monkeypatch):
    from balai.files.storage import DurableFiles

    usual, calls = DurableFiles._save, []

    def soon_full(self, name, content):
        calls.append(name)
        if len(calls) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return usual(self, name, content)

    monkeypatch.setattr(DurableFiles, "_save", soon_full)
    with pytest.raises(files.UploadRejected):
        store()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def get(client, file, variant="large", **headers):
    return client.get(file.variant_url(variant), headers=headers)


def test_i11_a_file_without_a_policy_is_seen_by_nobody(in_region, client_for, make_user):
    kept = store()
    assert get(client_for(in_region, make_user("admin")), kept).status_code == 404


def test_i11_the_policy_is_asked_each_time(in_region, client_for):
    answers = [True, True, False]
    files.policy(PURPOSE, lambda user, file, request: answers.pop(0))
    kept, client = store(), client_for(in_region)
    first = get(client, kept)
    assert b"".join(first.streaming_content)[:3] == b"\xff\xd8\xff"
    again = get(client, kept, **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert get(client, kept, **{"if-none-match": first["ETag"]}).status_code == 404
    assert answers == []


def test_a_private_file_tells_browsers_to_ask_again(in_region, client_for):
    files.policy(PURPOSE, lambda user, file, request: True)
    response = get(client_for(in_region), store())
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert "Cookie" in response["Vary"]


def test_a_public_file_may_be_kept_five_minutes(in_region, client_for):
    files.policy(PURPOSE, lambda user, file, request: True, public=True)
    assert get(client_for(in_region), store(), "thumb")["Cache-Control"] == "public, max-age=300"


def test_i01_another_city_s_file_does_not_exist_here(in_region, other_region, client_for):
    files.policy(PURPOSE, lambda user, file, request: True)
    kept = store()
    assert get(client_for(in_region), kept).status_code == 200
    assert get(client_for(other_region), kept).status_code == 404
    assert get(client_for(in_region), kept, "original").status_code == 404


def test_a_second_policy_for_a_purpose_is_a_mistake():
    files.policy(PURPOSE, lambda *_: True)
    with pytest.raises(ValueError, match="already"):
        files.policy(PURPOSE, lambda *_: True)


def test_bytes_of_a_rolled_back_upload_are_swept(in_region, media):
    files.policy(PURPOSE, lambda *_: True)
    kept, lost, young = store(), store(), store()
    for orphan in (lost, young):
        StoredFile.objects.filter(pk=orphan.pk).delete()
    old = -timedelta(days=2).total_seconds()
    for path in media.rglob(f"{lost.uuid}/*"):
        stamp = path.stat().st_mtime + old
        os.utime(path, (stamp, stamp))
    assert tasks.sweep() == 1
    left = {path.parent.name for path in media.rglob("*.jpeg")}
    assert left == {str(kept.uuid), str(young.uuid)}


def test_the_rule_of_an_unknown_purpose_is_no():
    assert not policies.allows(None, SimpleNamespace(purpose="unheard_of"), None)
