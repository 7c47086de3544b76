"""The module's objects for the two-city matrix (I-01)."""

from balai.accounts.models import User
from balai.accounts.services import grant_role
from modules.liveroom import access, services

CANARY = "KANARI-TANGERANG"


def exhibits() -> dict[str, dict[str, object]]:
    """Connect a screen in the active region."""
    admin = User.objects.create_user(email="kanari-layar@contoh.test", name=CANARY)
    grant_role(user=admin, role="admin")
    screen = services.connect_screen(name=CANARY, days=30, by=admin)
    return {
        "liveroom:join": {"token": access.token_of(screen)},
        "liveroom_desk:revoke": {"screen": screen.uuid},
    }
