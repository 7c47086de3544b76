"""The shared schema of a deployment that was made by an older release."""

import pytest
from django.db import connection

from balai.context import platform
from provisioning.setup import migrate_shared

pytestmark = pytest.mark.django_db
LATER = {"allauth_idp_oidc_client", "allauth_idp_oidc_token", "signon_grant", "signon_signingkey"}


def tables() -> set[str]:
    with platform():
        return set(connection.introspection.table_names())


@pytest.mark.soak
def test_tables_of_an_app_that_came_later_are_made() -> None:
    assert tables() >= LATER
    with platform(), connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {', '.join(sorted(LATER))}")
    assert not tables() & LATER
    migrate_shared()
    assert tables() >= LATER
