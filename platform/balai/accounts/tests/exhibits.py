"""One of everything that an address of ours names (I-01)."""

from allauth.mfa.models import Authenticator

from balai.accounts import services, signin_links
from balai.accounts.members import invitations
from balai.accounts.models import User

CANARY = "KANARI-TANGERANG"


def exhibits() -> dict[str, dict[str, object]]:
    """Make an officer, a link, an invitation and a passkey in the active region."""
    person = User.objects.create_user(email="kanari@contoh.test", name=CANARY)
    held = services.grant_role(user=person, role="coordinator")
    link = signin_links.make_signin_link(person).rstrip("/").rpartition("/")[2]
    invitation = services.invite(
        offer=services.Offer("undangan-kanari@contoh.test", "viewer", name=CANARY)
    )
    key = Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": CANARY, "credential": {}}
    )
    officer: dict[str, object] = {"reference": person.uuid}
    offer: dict[str, object] = {"reference": invitation.uuid}
    return {
        "account:signin-link": {"token": link},
        "account:invitation": {"token": invitations.renew(invitation)},
        "mfa_edit_webauthn": {"pk": key.pk},
        "mfa_remove_webauthn": {"pk": key.pk},
        "accounts_console:officer": officer,
        "accounts_console:deactivate": officer,
        "accounts_console:reactivate": officer,
        "accounts_console:role": {**officer, "pk": held.pk},
        "accounts_console:end-role": {**officer, "pk": held.pk},
        "accounts_console:resend": offer,
        "accounts_console:revoke": offer,
    }
