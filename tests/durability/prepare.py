"""Open one city on an empty server, through the real provisioning: run as a process.

Its argument is a file with the shared schema and the release as SQL: what takes long to make is
made once for all tests.
"""

import sys
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402  # after the apps are there

from balai.context import SHARED_SCHEMA, platform  # noqa: E402  # as above
from provisioning.opening import open_region  # noqa: E402  # as above
from provisioning.setup import migrate_shared  # noqa: E402  # as above

with platform(), connection.cursor() as cursor:
    cursor.execute(f'CREATE SCHEMA "{SHARED_SCHEMA}"')
    cursor.execute(Path(sys.argv[1]).read_text())
migrate_shared()
open_region(code="36.71", slug="tangerang", email="admin@tangerangkota.go.id", preset="kota")
