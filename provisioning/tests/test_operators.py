"""The operators' plain tables show everything and decide nothing."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from balai.accounts.models import User
from balai.context import platform
from provisioning.models import Claim, GoLiveRequest, Opening, OpeningState
from tenants import hosts
from tenants.models import Cell

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(db: None, settings) -> Client:
    settings.SECOND_FACTOR = "never"  # tested with the accounts
    client = Client(HTTP_HOST=str(hosts.apex()))
    with platform():
        user = User.objects.create_superuser(email="operator@balai.test", password="x")
        client.force_login(user, "balai.accounts.backends.RoleBackend")
    return client


@pytest.mark.parametrize(
    "page",
    ["opening", "claim", "goliverequest", "plan", "release"],
)
def test_lists_open_for_operators_only(operator: Client, page: str) -> None:
    assert operator.get(f"/operator/provisioning/{page}/").status_code == 200
    stranger = Client(HTTP_HOST=str(hosts.apex()))
    assert stranger.get(f"/operator/provisioning/{page}/").status_code == 302


def test_what_is_decided_at_operations_cannot_be_decided_here(operator: Client, region) -> None:
    with platform():
        order = Opening.objects.create(
            email="siti@gmail.com", code="33.02", slug="banyumas", preset="kabupaten",
            name="Kabupaten Banyumas", state=OpeningState.REVIEW,
        )  # fmt: skip
        claim = Claim.objects.create(
            code="36.71", applicant="Budi", position="Kadis", email="budi@x.go.id", statement="x"
        )
        asked = GoLiveRequest.objects.create(region_id=region.id, by="Admin")
    for row, field, kept, told in (
        (order, "state", "review", {"state": "refused"}),
        (claim, "state", "open", {"state": "upheld", "answer": "x"}),
        (asked, "approved", None, {"approved": "true", "answer": "x"}),
    ):
        name = f"admin:provisioning_{row._meta.model_name}"
        page = reverse(f"{name}_change", args=[row.pk], urlconf="balai.urls_public")
        shown = operator.get(page)
        assert shown.status_code == 200
        assert 'name="_save"' not in shown.content.decode()
        assert operator.post(page, told).status_code == 403
        listed = reverse(f"{name}_changelist", urlconf="balai.urls_public")
        assert 'name="action"' not in operator.get(listed).content.decode()
        with platform():
            assert type(row).objects.values(field).get(pk=row.pk) == {field: kept}
    assert not mail.outbox


def test_the_directory_can_be_looked_at_and_not_changed_here(operator: Client, region) -> None:
    with platform():
        cell = Cell.objects.get(name="main").pk
    field = re.compile(r'<(?:input type="(?!hidden|submit)|select|textarea)[^>]* name=')
    for table, pk, told in (("region", region.id, "tangerang.localhost"), ("cell", cell, "main")):
        page = f"/operator/tenants/{table}/{pk}/change/"
        shown = operator.get(page).content.decode()
        assert told in shown
        assert not field.search(shown)
        assert operator.post(page, {"name": "Kota Lain", "capacity": "1"}).status_code == 403
    assert operator.get("/operator/tenants/retiredname/add/").status_code == 403
