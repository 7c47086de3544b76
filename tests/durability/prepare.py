"""Open one city on an empty server, through the real provisioning: run as a process."""

import django

django.setup()

from provisioning.opening import open_region  # noqa: E402  # after the apps are there
from provisioning.setup import migrate_shared  # noqa: E402  # as above

migrate_shared()
open_region(code="36.71", slug="tangerang", email="admin@tangerangkota.go.id", preset="kota")
