"""The console's home: a checklist from the data, proofs, going live, sample data."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from balai.audit.models import Entry
from balai.context import platform, region_context
from provisioning import sample
from provisioning.golive import checklist, services
from provisioning.models import Attestation, GoLiveRequest, LegalBasis
from tenants import directory
from tenants.models import Region

pytestmark = pytest.mark.django_db
LETTER = {"kind": "pks", "number": "12/2026", "dated": "2026-01-02"}


def _pdf(body: bytes = b"%PDF-1.7 letter") -> SimpleUploadedFile:
    return SimpleUploadedFile("surat rahasia.pdf", body, "application/pdf")


@pytest.fixture
def admin(region, make_user):
    return make_user("admin", city=region)


@pytest.fixture
def console(region, admin, client_for):
    return client_for(region, admin)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def _done(region) -> set[str]:
    with region_context(region):
        return {check.key for check in checklist.checks() if check.done}


def test_only_admins_see_it(region, client_for, make_user) -> None:
    assert client_for(region).get("/console/").status_code == 302
    for role in ("officer", "coordinator", "leader"):
        with region_context(region):
            from balai.directory.models import Agency

            agency = Agency.objects.first() if role == "officer" else None
        other = client_for(region, make_user(role, agency, city=region))
        for page in ("", "golive/legal/", "golive/tried/emergency_number/"):
            assert other.get(f"/console/{page}").status_code == 403
        assert other.post("/console/golive/").status_code == 403
        assert other.post("/console/sample/clear/").status_code == 403


def test_checklist_follows_the_data(region, console, make_user) -> None:
    with region_context(region):
        from balai.directory.models import Agency, Area

        Area.objects.filter(kind="district").update(boundary={"type": "Polygon"})
        agencies = list(Agency.objects.filter(active=True, kind="opd", parent=None))
    assert _done(region) == {"boundaries", "second_admin"}  # the fixture's admin is the second
    for agency in agencies:
        make_user("officer", agency, city=region)
    assert _done(region) >= {"officers", "named"}
    console.post("/console/golive/tried/emergency_number/")
    console.post("/console/golive/legal/", LETTER | {"document": _pdf()})
    assert _done(region) >= {"emergency_number", "legal"}
    page = console.get("/console/").content.decode()
    assert page.count("chip--green") == len(_done(region))


def test_letters_are_pdf_private_and_only_of_this_region(
    region, other_region, console, client_for, make_user, tmp_path
) -> None:
    for bad in (b"<html>%PDF-", b"", b"GIF89a"):
        answer = console.post("/console/golive/legal/", LETTER | {"document": _pdf(bad)})
        assert answer.status_code == 422
    console.post("/console/golive/legal/", LETTER | {"document": _pdf()})
    with platform():
        kept = LegalBasis.objects.get()
    assert "rahasia" not in kept.document.name
    answer = console.get(f"/console/golive/legal/{kept.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 letter"
    other = client_for(other_region, make_user("admin", city=other_region))
    assert other.get(f"/console/golive/legal/{kept.pk}/").status_code == 404


def test_going_live_needs_an_operator_and_is_audited(
    region, console, settings, django_capture_on_commit_callbacks
) -> None:
    settings.OPERATOR_EMAILS = ["operator@balai.test"]
    with django_capture_on_commit_callbacks(execute=True):
        console.post("/console/golive/", {"note": "Mulai Senin"})
    assert mail.outbox[-1].to == ["operator@balai.test"]
    assert console.post("/console/golive/", {"note": "lagi"}).status_code == 422
    assert directory.by_schema(region.schema).state == "sandbox"
    with platform(), django_capture_on_commit_callbacks(execute=True):
        request = GoLiveRequest.objects.get()
        assert "legal" in request.missing
        services.decide(request, approved=True, answer="Selamat")
        with pytest.raises(ValidationError):
            services.decide(request, approved=True)
        assert Entry.objects.filter(action="golive.approved").count() == 1
        assert Region.objects.get(pk=region.id).sandbox_until is None
    live = directory.by_schema(region.schema)
    assert live.state == "active"
    with region_context(live):
        actions = set(Entry.objects.values_list("action", flat=True))
    assert {"golive.asked", "golive.approved"} <= actions
    assert "admin@tangerangkota.go.id" in mail.outbox[-1].to


def test_refused_request_is_answered_and_may_be_repeated(region, console) -> None:
    console.post("/console/golive/", {})
    with platform():
        services.decide(GoLiveRequest.objects.get(), approved=False, answer="Unggah PKS dahulu")
    assert directory.by_schema(region.schema).state == "sandbox"
    assert "Unggah PKS dahulu" in console.get("/console/").content.decode()
    assert console.post("/console/golive/", {}).status_code == 302


def test_unknown_attestation_is_refused(region, admin, console) -> None:
    assert console.get("/console/golive/tried/anything/").status_code == 404
    with region_context(region), pytest.raises(ValidationError):
        services.attest(key="anything", by=admin)
    with platform():
        assert not Attestation.objects.exists()


def test_sample_data_come_and_go_and_leave_real_ones(region, console) -> None:
    with region_context(region):
        count = sample.load()
        assert count > 0 and sample.load() == count
    assert console.post("/console/sample/clear/").status_code == 302
    with region_context(region):
        assert sample.clear() == 0
