"""A connected app and a consent for the two-city matrix (I-01)."""

from balai.accounts.models import User
from balai.signon import clients, grants
from balai.signon.clients import App
from tests.isolation.exhibits import CANARY, Exhibits


def exhibits() -> Exhibits:
    """Register an app under the canary's name, with one person who agreed."""
    app = App(
        name=f"{CANARY} aplikasi", redirect_uris=["https://kanari-tangerang.example/cb"],
        scopes=["openid", "email"],
    )  # fmt: skip
    client, _secret = clients.register(app=app)
    person = User.objects.create_user(email="kanari-masuk@contoh.test", name=f"{CANARY} orang")
    grant = grants.give(user=person, client=client, asked=["openid"], given=["openid"])
    pages = ("app", "edit", "secret", "stop", "resume")
    return {
        **{f"signon_console:{page}": {"client": client.pk} for page in pages},
        "signon:remove": {"subject": grant.subject},
    }
