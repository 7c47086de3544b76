"""People of the platform and their browsers."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from balai.accounts.models import User
from balai.context import platform
from provisioning.models import Post
from provisioning.operators.ranks import SUPERUSER
from tenants import hosts


@pytest.fixture
def worker(db: None) -> Callable[..., Client]:
    """Return a function that signs somebody of a rank in at the apex, second factor and all."""

    def make(
        rank: str, province: str = "", *, factor: bool = True, fresh: bool = True, name: str = ""
    ) -> Client:
        client = Client(HTTP_HOST=str(hosts.apex()))
        with platform():
            user = User.objects.create_user(
                email=f"{name or rank}{province}@balai.test", name=f"Si {rank}", password="kata-x",
                is_superuser=rank == SUPERUSER, is_staff=rank == SUPERUSER,
            )  # fmt: skip
            if rank and rank != SUPERUSER:
                Post.objects.create(user=user, rank=rank, province=province)
            if factor:
                TOTP.activate(user, generate_totp_secret())
            client.force_login(user, "balai.accounts.backends.RoleBackend")
            if fresh:
                reauthenticate(client, user)
        client.person = user
        return client

    return make


def reauthenticate(client: Client, user: User) -> None:
    """Note in the session that the person has just proved again who they are."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
