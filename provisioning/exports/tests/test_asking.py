"""Two persons, one passphrase, links bound to a person: how an export is asked for and had."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from balai import context
from balai.accounts.members.selectors import lasting_admins
from balai.accounts.models import User
from balai.audit.models import Entry
from balai.context import platform, region_context
from balai.notify.models import Message
from provisioning.exports import ranges, services
from provisioning.exports.making import Made
from provisioning.models import Export, ExportState


@pytest.fixture(autouse=True)
def place(tmp_path: Path) -> Iterator[None]:
    with override_settings(EXPORT_ROOT=tmp_path):
        yield


@pytest.fixture
def people(region, make_user):
    return make_user("admin", city=region), make_user("admin", city=region)


def fresh(export: Export) -> Export:
    with platform():
        export.refresh_from_db()
    return export


def finish(export: Export, content: bytes = b"PK" + bytes(range(256)) * 40) -> Export:
    path = services.path_of(export)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    made = Made(len(content), hashlib.sha256(content).hexdigest(), 7, 1)
    with platform():
        Export.objects.filter(pk=export.pk).update(
            state=ExportState.READY, finished_at=timezone.now(), bytes=made.size, rows=made.rows,
            sha256=made.sha256, files=1, expires_at=timezone.now() + services.KEPT,
        )  # fmt: skip
    return fresh(export)


def test_one_asks_and_another_allows(in_region, make_user) -> None:
    one, two, officer = make_user("admin"), make_user("admin"), make_user("coordinator")
    with pytest.raises(PermissionDenied):
        services.ask(by=officer)
    export = services.ask(by=one)
    assert Message.objects.filter(template="provisioning/export_asked").count() >= 1
    assert not Message.objects.filter(recipient=one.email).exists()
    with pytest.raises(ValidationError, match=r"."):
        services.ask(by=two)
    with pytest.raises(ValidationError) as refused:
        services.decide(export, by=one, allow=True)
    assert refused.value.code == "same_person"
    export = services.decide(export, by=two, allow=True)
    assert export.state == ExportState.WAITING
    with pytest.raises(ValidationError):
        services.decide(export, by=two, allow=False)
    actions = list(Entry.objects.values_list("action", flat=True)[:2])
    assert actions == ["export.allowed", "export.asked"]


def test_an_operator_is_the_second_person_of_a_sole_admin_only(region, make_user) -> None:
    with platform():
        operator = User.objects.create_superuser(email="operator@balai.test")
    with region_context(region):
        sole = lasting_admins().get().user
        export = services.ask(by=sole)
        second = make_user("admin")
    with platform():
        with pytest.raises(ValidationError) as refused:
            services.allow_as_operator(export, by=operator)
        assert refused.value.code == "second"
    with region_context(region):
        lasting_admins().filter(user=second).delete()
    with platform():
        with pytest.raises(PermissionDenied):
            services.allow_as_operator(export, by=sole)
        assert services.allow_as_operator(export, by=operator).state == ExportState.WAITING


def test_the_passphrase_is_shown_once_and_acceptance_comes_last(in_region, make_user) -> None:
    one, two = make_user("admin"), make_user("admin")
    export = finish(services.decide(services.ask(by=one), by=two, allow=True))
    with pytest.raises(ValidationError):
        services.accept(export, by=one)
    words = services.reveal(export, by=two)
    assert len(words) == 29
    with pytest.raises(ValidationError) as shown:
        services.reveal(export, by=one)
    assert shown.value.code == "shown"
    with pytest.raises(ValidationError):
        services.accept(export, by=one)
    services.downloaded(export, by=one)
    assert services.accept(export, by=one).accepted_by == one.label
    found = services.accepted(in_region.id)
    assert found is not None and found.pk == export.pk


def test_a_link_is_one_persons_here_and_now(region, other_region, people, client_for) -> None:
    one, two = people
    with region_context(region):
        export = finish(services.decide(services.ask(by=one), by=two, allow=True))
        address = services.link(export, by=one)
    mine = client_for(region, one)
    whole = mine.get(address)
    body = b"".join(whole.streaming_content)
    assert (whole.status_code, hashlib.sha256(body).hexdigest()) == (200, export.sha256)
    rest = mine.get(address, headers={"range": "bytes=100-", "if-range": whole.headers["ETag"]})
    assert rest.status_code == 206
    assert body[:100] + b"".join(rest.streaming_content) == body
    assert rest.headers["Content-Range"] == f"bytes 100-{len(body) - 1}/{len(body)}"
    last = mine.get(address, headers={"range": "bytes=-5"})
    assert b"".join(last.streaming_content) == body[-5:]
    other = mine.get(address, headers={"range": "bytes=5-", "if-range": '"old"'})
    assert other.status_code == 200, "another file than the one that was begun: all of it"
    assert mine.get(address, headers={"range": f"bytes={len(body)}-"}).status_code == 416
    fresh(export)
    assert export.downloads == 2, "a continuation is no download of its own"
    assert client_for(region, two).get(address).status_code == 404
    assert client_for(region).get(address).status_code == 302
    with region_context(other_region):
        assert services.behind_link(address.split("/")[-2], by=one) is None
    with platform():
        Export.objects.update(expires_at=timezone.now())
    assert mine.get(address).status_code == 404
    assert services.expire() == 1
    assert not services.path_of(export).exists()


def test_pages_of_asking_and_allowing(region, people, client_for) -> None:
    one, two = people
    asker, other = client_for(region, one), client_for(region, two)
    home = reverse("exports_console:index")
    assert asker.get(home).status_code == 200
    assert asker.post(reverse("exports_console:ask")).status_code == 302
    with region_context(region):
        [export] = services.latest()
    allow = reverse("exports_console:allow", args=[export.uuid])
    assert allow not in asker.get(home).content.decode()
    assert allow in other.get(home).content.decode()
    asker.post(allow)
    fresh(export)
    assert export.state == ExportState.ASKED
    other.post(allow)
    fresh(export)
    assert export.state in (ExportState.WAITING, ExportState.READY, ExportState.RUNNING)
    if export.state != ExportState.READY:
        finish(export)
    page = other.get(home).content.decode()
    shown = other.post(reverse("exports_console:passphrase", args=[export.uuid]))
    assert shown.headers["Cache-Control"].count("no-store") == 1
    assert b"mono" in shown.content
    assert reverse("exports_console:passphrase", args=[export.uuid]) in page
    page = other.get(home).content.decode()
    assert reverse("exports_console:passphrase", args=[export.uuid]) not in page


def test_a_range_that_makes_no_sense_is_passed_over(rf, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    for words in ("bytes=7-3", "bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=-0"):
        request = rf.get("/", headers={"range": words})
        assert ranges.response(request, path, tag="t", name="n").status_code == 200, words
    assert context.current() is None
