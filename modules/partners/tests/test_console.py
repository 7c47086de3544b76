"""Admins write down what was agreed; the pages keep what was typed and refuse what is wrong."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from balai.audit.models import Entry as AuditEntry
from modules.partners.models import Cooperation, Partner, SharingRule

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n"


def url(name, *args):
    return reverse(f"partners_console:{name}", args=args, urlconf="balai.urls_region")


def typed(**told):
    today = timezone.localdate()
    return {
        "basis": "pks", "number": "PKS/7/2026", "signed_on": str(today), "starts_on": str(today),
        "ends_on": str(today + timedelta(days=90)), "purpose": "Keamanan", "acknowledge_days": "2",
        "categories_complaints": ["gangguan-keamanan"], "fields_complaints": ["text"],
        "contact0_name": "Piket", "contact0_email": "piket@polres.test", **told,
    }  # fmt: skip


def test_an_admin_writes_a_paper_down_with_its_rule_person_and_program(
    police, make_user, at
) -> None:
    admin = at(make_user("admin"))
    assert "Polres" in admin.get(url("index")).content.decode()
    wrong = admin.post(url("cooperation-new", police.uuid), typed(ends_on="2020-01-01"))
    assert wrong.status_code == 422
    assert "PKS/7/2026" in wrong.content.decode()
    nothing = typed()
    del nothing["categories_complaints"]
    assert admin.post(url("cooperation-new", police.uuid), nothing).status_code == 422
    bad = typed(document=SimpleUploadedFile("a.pdf", b"not one", "application/pdf"))
    assert admin.post(url("cooperation-new", police.uuid), bad).status_code == 422
    good = typed(document=SimpleUploadedFile("pks.pdf", PDF, "application/pdf"))
    assert admin.post(url("cooperation-new", police.uuid), good).status_code == 302
    row = Cooperation.objects.get()
    assert row.contacts[0]["email"] == "piket@polres.test"
    answer = admin.get(url("document", row.uuid))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    rule = {"categories": ["gangguan-keamanan"], "moment": "checked", "fields": ["text"]}
    assert admin.post(url("rule-new", row.uuid, "complaints"), rule).status_code == 302
    made = SharingRule.objects.get()
    admin.post(url("rule-switch", made.uuid), {"do": "off"})
    made.refresh_from_db()
    assert not made.active
    person = make_user()
    assert admin.post(url("person-add", police.uuid), {"email": "x@y.test"}).status_code == 422
    assert admin.post(url("person-add", police.uuid), {"email": person.email}).status_code == 302
    shown = admin.post(url("client", police.uuid), {"do": "make", "answers": "on"})
    assert shown.status_code == 200
    secret = shown.content.decode()
    key = Partner.objects.select_related("api_key").get(pk=police.pk).api_key
    assert f"balai_{key.prefix}_" in secret
    assert f"balai_{key.prefix}_" not in admin.get(url("partner", police.uuid)).content.decode()
    assert person.email in admin.get(url("partner", police.uuid)).content.decode()
    for name in ("cooperation", "cooperation-edit"):
        assert admin.get(url(name, row.uuid)).status_code == 200
    told = AuditEntry.objects.get(action="partners.cooperation_added")
    assert "piket@polres.test" not in str(told.after)


def test_a_paper_is_ended_with_a_reason_and_not_taken_up_again(agreed, make_user, at) -> None:
    admin = at(make_user("admin"))
    assert admin.post(url("cooperation-end", agreed.uuid), {"reason": ""}).status_code == 422
    admin.post(url("cooperation-end", agreed.uuid), {"reason": "Dihentikan"})
    agreed.refresh_from_db()
    assert agreed.standing() == "over"
    assert "Dihentikan" in admin.get(url("cooperation", agreed.uuid)).content.decode()
    assert admin.post(url("cooperation-edit", agreed.uuid), typed()).status_code == 422


def test_institutions_are_added_once_and_changed(make_user, at, in_region) -> None:
    admin = at(make_user("admin"))
    told = {"short_name": "Tagana", "name": "Taruna Siaga Bencana", "kind": "ngo", "active": "on"}
    assert admin.post(url("new"), told).status_code == 302
    row = Partner.objects.get(slug="tagana")
    assert admin.post(url("new"), told).status_code == 422
    admin.post(url("edit", row.uuid), {**told, "name": "Tagana Kota", "active": ""})
    row.refresh_from_db()
    assert (row.name, row.active, row.slug) == ("Tagana Kota", False, "tagana")
    changed = AuditEntry.objects.get(action="partners.partner_changed")
    assert changed.before["name"] == "Taruna Siaga Bencana"
    assert at(make_user("coordinator")).get(url("index")).status_code == 403


def test_sharing_by_hand_shows_what_would_be_read_first(agreed, report, coordinator, at) -> None:
    client, case = at(coordinator), report()
    found = client.get("/desk/partners/find/?source=complaints").content.decode()
    assert case.number in found
    page = reverse("partners_desk:case", args=["complaints", case.uuid],
                   urlconf="balai.urls_region")  # fmt: skip
    shown = client.get(page).content.decode()
    assert "senjata tajam" in shown
    assert "Polres, PKS/1/2026" in shown
    assert client.post(page, {"reason": ""}).status_code == 422
    told = {"cooperation": str(agreed.uuid), "fields_told": ["text"], "reason": "Patroli"}
    assert client.post(page, told).status_code == 302
    assert client.post(page, told).status_code == 422
    sealed = reverse("partners_desk:case", args=["complaints", report("kekerasan").uuid],
                     urlconf="balai.urls_region")  # fmt: skip
    assert "senjata tajam" not in client.get(sealed).content.decode()
