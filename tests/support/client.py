"""A test client that lives in one city."""

from typing import Any

from django.test import Client

from balai.accounts.models import User
from balai.context import Context, Region, activate, deactivate


class CityClient(Client):
    """Django's client with the city's Host header and its sessions in the city's schema."""

    def __init__(self, city: Region, **defaults: Any) -> None:
        super().__init__(headers={"host": city.host}, **defaults)
        self.city: Context = city

    def force_login(self, user: User, backend: str | None = None) -> None:
        """Sign ``user`` in, in this client's city."""
        token = activate(self.city)
        try:
            super().force_login(user, backend or "balai.accounts.backends.RoleBackend")
        finally:
            deactivate(token)
