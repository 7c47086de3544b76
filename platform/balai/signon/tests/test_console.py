"""Registering apps in the console, and which addresses are taken."""

import pytest
from allauth.idp.oidc.models import Client
from django.core.exceptions import ValidationError

from balai.audit.models import Entry
from balai.context import region_context
from balai.signon import redirects
from balai.signon.models import SigningKey

pytestmark = pytest.mark.django_db
GOOD = {
    "name": "Perizinan", "kind": "server",
    "redirect_uris": "https://izin.contoh.test/cb\nhttp://127.0.0.1:9000/cb",
    "logout_uris": "", "learns": ["email"],
}  # fmt: skip


@pytest.fixture
def admin(region, make_user, client_for):
    return client_for(region, make_user("admin", city=region))


@pytest.mark.parametrize(
    "address",
    [
        "http://izin.contoh.test/cb", "https://*.contoh.test/cb", "https://izin.contoh.test/cb#x",
        "https://a:b@izin.contoh.test/cb", "javascript:alert(1)", "https:///cb", "izin.contoh.test",
        "https://izin.contoh.test/../cb", "https://izin.contoh.test/a/./cb", "https://izin x.test/",
        "https://izin.contoh.test:99999/", "https://izin.contoh.test\\@jahat.test/",
        "http://127.0.0.1.jahat.test/", "https://izín.contoh.test/", "com.contoh.app:/cb",
        "https://" + "a" * 600 + ".test/",
    ],
)  # fmt: skip
def test_addresses_that_are_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        redirects.checked(address)


def test_addresses_that_are_taken() -> None:
    told = "https://izin.contoh.test/cb?x=1\nhttp://localhost:8000/cb\nhttp://[::1]/cb\nhttp://app.localhost:1/cb"
    assert redirects.checked(f"{told}\n\n{told}") == told.splitlines()
    with pytest.raises(ValidationError):
        redirects.checked("\n".join(f"https://x.test/{n}" for n in range(11)))


def test_from_registering_to_stopping(region, admin) -> None:
    assert admin.get("/console/sign-on/").status_code == 200
    assert admin.get("/console/sign-on/keys/").status_code == 200
    bad = admin.post("/console/sign-on/new/", {**GOOD, "redirect_uris": "http://izin.contoh.test/"})
    assert bad.status_code == 422 and "izin.contoh.test" in bad.content.decode()
    made = admin.post("/console/sign-on/new/", GOOD)
    with region_context(region):
        client = Client.objects.get()
        assert SigningKey.objects.count() == 1
        logged = str(list(Entry.objects.values_list("after", flat=True)))
    page = made.content.decode()
    secret = page.split('id="made-secret">')[1].split("<")[0]
    assert client.check_secret(secret) and secret not in client.secret and secret not in logged
    for words in ("OIDC_USE_PKCE", "S256", "kcadm.sh", "OIDC_CLIENT_ID", "user_oidc:provider"):
        assert words in page
    shown = admin.get(f"/console/sign-on/apps/{client.pk}/").content.decode()
    assert secret not in shown and "&lt;secret&gt;" in shown
    assert (
        admin.post(
            f"/console/sign-on/apps/{client.pk}/edit/", {**GOOD, "name": "Izin", "learns": []}
        ).status_code
        == 302
    )
    assert admin.get(f"/console/sign-on/apps/{client.pk}/secret/").status_code == 200
    again = admin.post(f"/console/sign-on/apps/{client.pk}/secret/").content.decode()
    assert secret not in again
    assert admin.post(f"/console/sign-on/apps/{client.pk}/stop/", {"reason": ""}).status_code == 422
    admin.post(f"/console/sign-on/apps/{client.pk}/stop/", {"reason": "Bocor"})
    client = _fresh(region, client)
    assert (client.name, client.get_scopes(), client.get_grant_types()) == ("Izin", ["openid"], [])
    admin.post(f"/console/sign-on/apps/{client.pk}/resume/")
    assert _fresh(region, client).get_response_types() == ["code"]
    admin.post("/console/sign-on/keys/rotate/")
    admin.post("/console/sign-on/keys/replace/", {"reason": ""})
    with region_context(region):
        assert SigningKey.objects.count() == 2
    admin.post("/console/sign-on/keys/replace/", {"reason": "Bocor"})
    with region_context(region):
        assert SigningKey.objects.filter(expires_at__isnull=True).count() == 1


def test_a_browsers_app_gets_no_secret(admin) -> None:
    page = admin.post("/console/sign-on/new/", {**GOOD, "kind": "public"}).content.decode()
    assert "made-secret" not in page and "oidc-client-ts" in page and "client_secret" not in page


def test_only_admins(region, make_user, client_for) -> None:
    assert client_for(region).get("/console/sign-on/").status_code == 302
    assert (
        client_for(region, make_user("coordinator", city=region))
        .get("/console/sign-on/")
        .status_code
        == 403
    )


def _fresh(region, client: Client) -> Client:
    with region_context(region):
        return Client.objects.get(pk=client.pk)
