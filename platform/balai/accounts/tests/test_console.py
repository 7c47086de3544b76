"""The officers' console."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.accounts import services
from balai.accounts.members.models import Invitation, Membership
from balai.accounts.models import User
from balai.context import region_context
from balai.directory.models import Agency
from balai.notify.models import Message

pytestmark = pytest.mark.django_db
LIST = "/console/officers/"


@pytest.fixture
def admin(region, make_user) -> User:
    user: User = make_user("admin", city=region, name="Admin Uji")
    return user


@pytest.fixture
def client(region, admin, client_for):
    return client_for(region, admin)


@pytest.fixture
def agency(region) -> Agency:
    with region_context(region):
        return Agency.objects.create(code="uji-1", name="Dinas Uji", short_name="DU")


@pytest.mark.parametrize("role", [None, "officer", "coordinator", "leader", "viewer"])
def test_only_admins_come_in(region, make_user, client_for, agency, role) -> None:
    user = make_user(role, agency=agency if role == "officer" else None, city=region)
    client = client_for(region, user)
    for path in ("", "invite/", "invite-many/", f"{user.uuid}/"):
        assert client.get(LIST + path).status_code == 403
    assert client_for(region).get(LIST).status_code == 302


def names(response) -> list[str]:
    return [user.name for user in response.context["page"]]


def test_the_list_is_searched_and_filtered(region, client, make_user, agency) -> None:
    make_user("officer", agency=agency, city=region, name="Budi", email="budi@uji.test")
    gone = make_user("coordinator", city=region, name="Citra")
    late = make_user("coordinator", city=region, name="Dewi")
    make_user(city=region, name="Warga")
    with region_context(region):
        services.deactivate(user=gone)
        Membership.objects.filter(user=late).update(valid_until=timezone.now() - timedelta(days=1))
    shown = names(client.get(LIST))
    assert {"Admin Uji", "Budi", "Citra", "Dewi"} <= set(shown)
    assert "Warga" not in shown
    assert names(client.get(LIST, {"q": "budi@"})) == ["Budi"]
    assert names(client.get(LIST, {"role": "officer"})) == ["Budi"]
    assert names(client.get(LIST, {"agency": agency.pk})) == ["Budi"]
    assert names(client.get(LIST, {"state": "closed"})) == ["Citra"]
    assert names(client.get(LIST, {"state": "expired"})) == ["Dewi"]
    assert "Budi" in names(client.get(LIST, {"state": "unprotected"}))
    assert client.get(LIST, {"q": "takada"}).context["page"].paginator.count == 0
    assert client.get(LIST, {"role": "nonsense", "page": "99"}).status_code == 200


def test_one_officer_or_three_cost_the_same(region, client, make_user, agency) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as spent:
            assert client.get(LIST).status_code == 200
        # Finding the region is remembered for a moment only; that is not this page's cost.
        return sum("tenants_" not in str(query["sql"]) for query in spent)

    def add() -> None:
        user = make_user("officer", agency=agency, city=region)
        with region_context(region):
            services.grant_role(user=user, role="coordinator")
            services.invite(offer=services.Offer(f"u{user.pk}@c.test", "officer", agency))

    add()
    with_one = cost()
    add()
    add()
    assert cost() == with_one


def test_inviting_one(region, client, agency) -> None:
    form = {"contact": "0812 3456 7890", "name": "Eka", "role": "officer", "agency": agency.pk}
    assert client.post(LIST + "invite/", form).headers["Location"] == LIST
    with region_context(region):
        invitation = Invitation.objects.get(phone="+6281234567890")
        assert invitation.invited_by.name == "Admin Uji"
        assert Message.objects.get(recipient="+6281234567890").template == "accounts/invitation"
    again = client.post(LIST + "invite/", form)
    assert again.status_code == 422
    assert again.context["form"].errors["contact"]


@pytest.mark.parametrize(("change", "field"), [
    ({"contact": "halo"}, "contact"), ({"role": "raja"}, "role"), ({"agency": ""}, "agency"),
    ({"until": "2020-01-01"}, "until"),
])  # fmt: skip
def test_mistakes_are_told_at_their_field(client, agency, change, field) -> None:
    form = {"contact": "e@c.test", "role": "officer", "agency": agency.pk, **change}
    response = client.post(LIST + "invite/", form)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert response.context["form"]["contact"].value() == form["contact"], "what was typed stays"


def test_sending_again_and_taking_back(region, client) -> None:
    client.post(LIST + "invite/", {"contact": "e@c.test", "role": "viewer"})
    with region_context(region):
        invitation = Invitation.objects.get()
    client.post(f"{LIST}invitations/{invitation.uuid}/resend/")
    with region_context(region):
        assert Invitation.objects.get().token_hash != invitation.token_hash
    client.post(f"{LIST}invitations/{invitation.uuid}/revoke/")
    with region_context(region):
        assert Invitation.objects.get().revoked_at
    assert client.get(f"{LIST}invitations/{invitation.uuid}/resend/").status_code == 405


def test_a_role_is_given_changed_and_ended(region, client, make_user, agency) -> None:
    person = make_user(city=region)
    page = f"{LIST}{person.uuid}/"
    client.post(page, {"role": "officer", "agency": agency.pk})
    with region_context(region):
        held = Membership.objects.get(user=person)
    assert client.get(f"{page}roles/{held.pk}/").status_code == 200
    client.post(f"{page}roles/{held.pk}/", {"role": "coordinator", "until": "2099-12-31"})
    with region_context(region):
        held.refresh_from_db()
        assert (held.role, held.agency, held.valid_until.astimezone(region.zone).year) == (
            "coordinator", None, 2099,
        )  # fmt: skip
    client.post(f"{page}roles/{held.pk}/end/")
    with region_context(region):
        held.refresh_from_db()
        assert not held.is_current
        assert not User.objects.get(pk=person.pk).is_officer


def test_a_role_is_reached_through_its_holder_only(region, client, admin, make_user) -> None:
    other = make_user("viewer", city=region)
    with region_context(region):
        held = Membership.objects.get(user=other)
    assert client.get(f"{LIST}{admin.uuid}/roles/{held.pk}/").status_code == 404


def test_shutting_out_asks_first_and_can_be_undone(region, client, make_user, client_for) -> None:
    person = make_user("coordinator", city=region)
    theirs = client_for(region, person)
    page = f"{LIST}{person.uuid}/"
    assert client.get(page + "deactivate/").status_code == 200
    assert theirs.get("/accounts/").status_code == 200
    client.post(page + "deactivate/")
    assert theirs.get("/accounts/").status_code == 302, "at once"
    assert "reactivate/" in client.get(page).content.decode()
    client.post(page + "reactivate/")
    with region_context(region):
        assert User.objects.get(pk=person.pk).has_perm("console.access") is False
        assert User.objects.get(pk=person.pk).is_officer, "the role came back with them"


def test_the_last_admin_stays(region, client, admin) -> None:
    with region_context(region):
        Membership.objects.filter(role="admin").exclude(user=admin).delete()
        held = Membership.objects.get(user=admin)
    page = f"{LIST}{admin.uuid}/"
    client.post(page + "deactivate/")
    client.post(f"{page}roles/{held.pk}/end/")
    client.post(f"{page}roles/{held.pk}/", {"role": "viewer"})
    client.post(f"{page}roles/{held.pk}/", {"role": "admin", "until": "2099-01-01"})
    with region_context(region):
        held.refresh_from_db()
        assert (held.role, held.valid_until) == ("admin", None)
        assert User.objects.get(pk=admin.pk).is_active


CSV = """kontak;nama;peran;kode_dinas;sampai
satu@c.test;Satu;officer;uji-1;
0812-3456-7890;Dua;Koordinator;;2099-12-31
"""


def test_many_are_shown_before_they_are_invited(region, client, agency) -> None:
    upload = SimpleUploadedFile("petugas.csv", ("\ufeff" + CSV).encode())
    response = client.post(LIST + "invite-many/", {"file": upload})
    rows = response.context["rows"]
    assert [(row.number, row.problems) for row in rows] == [(2, ()), (3, ())]
    assert [row.offer.role for row in rows] == ["officer", "coordinator"]
    with region_context(region):
        assert Invitation.objects.count() == 0, "nothing yet"
    client.post(LIST + "invite-many/", {"text": response.context["lines"], "confirmed": "1"})
    with region_context(region):
        assert Invitation.objects.count() == 2
        assert Message.objects.filter(template="accounts/invitation").count() == 2


def test_one_bad_line_stops_all_and_every_mistake_is_told(region, client, agency) -> None:
    text = (
        "email,peran,dinas,sampai\n"
        "satu@c.test,viewer,,\n"
        "satu@c.test,viewer,,\n"
        "bukan-alamat,viewer,,\n"
        "tiga@c.test,raja,,\n"
        "empat@c.test,officer,,\n"
        "lima@c.test,viewer,tidak-ada,\n"
        "enam@c.test,viewer,,2001-01-01\n"
        "tujuh@c.test,viewer,,besok\n"
    )
    response = client.post(LIST + "invite-many/", {"text": text, "confirmed": "1"})
    assert [bool(row.problems) for row in response.context["rows"]] == [False] + [True] * 7
    with region_context(region):
        assert Invitation.objects.count() == 0


def test_who_is_invited_already_is_told_before(region, client, agency) -> None:
    client.post(LIST + "invite/", {"contact": "satu@c.test", "role": "viewer"})
    response = client.post(LIST + "invite-many/", {"text": "kontak,peran\nSatu@c.test,viewer\n"})
    (row,) = response.context["rows"]
    assert row.problems


@pytest.mark.parametrize("text", ["", "a,b\n1,2", "kontak,peran\n" + "x@c.test,viewer\n" * 1001])
def test_an_unusable_file_is_refused(client, text: str) -> None:
    response = client.post(LIST + "invite-many/", {"text": text})
    assert response.status_code == 422
    assert response.context["rows"] == []


def test_nobody_of_another_region_is_found(region, other_region, client, make_user) -> None:
    person = make_user("coordinator", city=other_region, name="Tetangga")
    assert client.get(f"{LIST}{person.uuid}/").status_code == 404
    assert "Tetangga" not in names(client.get(LIST))
