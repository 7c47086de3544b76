"""The operators' admin decides through the domain functions."""

import pytest
from django.core import mail
from django.test import Client

from balai.accounts.models import User
from balai.audit.models import Entry
from balai.context import platform
from provisioning.models import GoLiveRequest, LegalBasis, Opening, OpeningState
from tenants import hosts
from tenants.models import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(db: None, settings) -> Client:
    settings.SECOND_FACTOR = "never"  # tested with the accounts
    client = Client(HTTP_HOST=str(hosts.apex()))
    with platform():
        user = User.objects.create_superuser(email="operator@balai.test", password="x")
        client.force_login(user, "balai.accounts.backends.RoleBackend")
    return client


def _order(**fields) -> Opening:
    with platform():
        return Opening.objects.create(
            email="siti@gmail.com", code="33.02", slug="banyumas", preset="kabupaten",
            name="Kabupaten Banyumas", state=OpeningState.REVIEW, **fields,
        )  # fmt: skip


def _act(operator: Client, action: str, opening: Opening) -> Opening:
    answer = operator.post(
        "/operator/provisioning/opening/",
        {"action": action, "_selected_action": [opening.pk]},
    )
    assert answer.status_code == 302
    with platform():
        opening.refresh_from_db()
    return opening


@pytest.mark.parametrize(
    "page",
    ["opening", "claim", "goliverequest", "plan", "release"],
)
def test_lists_open_for_operators_only(operator: Client, page: str) -> None:
    assert operator.get(f"/operator/provisioning/{page}/").status_code == 200
    stranger = Client(HTTP_HOST=str(hosts.apex()))
    assert stranger.get(f"/operator/provisioning/{page}/").status_code == 302


def test_order_is_approved_once_the_address_was_proved(
    operator: Client, django_capture_on_commit_callbacks
) -> None:
    from django.utils import timezone

    assert _act(operator, "approve", _order()).state == OpeningState.REVIEW
    with platform():
        Opening.objects.all().delete()
    proved = _order(verified_at=timezone.now())
    with django_capture_on_commit_callbacks():
        assert _act(operator, "approve", proved).state == OpeningState.RUNNING
    with platform():
        assert Entry.objects.filter(action="opening.approved").count() == 1


def test_order_is_refused_with_an_answer(
    operator: Client, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert _act(operator, "refuse", _order()).state == OpeningState.REFUSED
    assert mail.outbox[-1].to == ["siti@gmail.com"]


def test_orders_cannot_be_typed_over(operator: Client) -> None:
    opening = _order()
    page = f"/operator/provisioning/opening/{opening.pk}/change/"
    assert operator.get(page).status_code == 200
    assert operator.post(page, {"email": "evil@x.y"}).status_code == 403


def test_going_live_is_decided_in_the_admin(operator: Client, region, tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    from django.core.files.base import ContentFile

    with platform():
        request = GoLiveRequest.objects.create(region_id=region.id, by="Admin")
        letter = LegalBasis.objects.create(
            region_id=region.id, kind="sk", number="1", dated="2026-01-02", by="Admin",
            document=ContentFile(b"%PDF-1.7", "a.pdf"),
        )  # fmt: skip
    page = f"/operator/provisioning/goliverequest/{request.pk}/change/"
    link = f"/operator/provisioning/goliverequest/document/{letter.pk}/"
    assert link in operator.get(page).content.decode()
    assert b"".join(operator.get(link).streaming_content) == b"%PDF-1.7"
    assert operator.post(page, {"approved": "true", "answer": "Selamat"}).status_code == 302
    with platform():
        assert Region.objects.get(pk=region.id).state == "active"
    assert operator.post(page, {"approved": "false", "answer": "x"}).status_code == 403
