"""The connection: django-tenants' backend with the region taken from the ContextVar alone."""

import secrets
from typing import Any

import psycopg2
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from django.utils.asyncio import async_unsafe
from django.utils.module_loading import import_string
from django_tenants.postgresql_backend.base import DatabaseWrapper as TenantsWrapper

from balai import context
from tenants.backend.cells import CellWrapper
from tenants.backend.compat import ActiveTenant
from tenants.backend.cursor import PlainCursor, RegionCursor
from tenants.backend.introspection import RegionIntrospection


class DatabaseWrapper(CellWrapper, TenantsWrapper):
    """Keeps no region of its own, so there is nothing to reset, leak or go stale.

    django-tenants' ``set_tenant``, ``set_schema``, ``schema_context`` and ``tenant_context``
    work and end up in ``balai.context``.
    """

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        # Django builds a wrapper per thread. django-tenants' __init__ would set "public" here
        # and so take the region away from whoever runs in this context: skip it.
        PostgresWrapper.__init__(self, settings_dict, alias)
        self._start_in_main()
        self.introspection = RegionIntrospection(self)
        self._cursor_token = secrets.token_hex(8)

    @property
    def tenant(self) -> ActiveTenant:
        """What is active, in a form that :meth:`set_tenant` takes back unchanged."""
        return ActiveTenant(context.current())

    @property
    def schema_name(self) -> str | None:
        """The active schema, or None when nothing is."""
        active = context.current()
        return active.schema if active else None

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        """Activate ``tenant``: a Region of either kind, or what :attr:`tenant` returned.

        ``include_public`` is accepted and has no effect: a region sees only its own schema.

        Raises:
            NoRegionError: when no region has the tenant's schema.
        """
        if isinstance(tenant, ActiveTenant):
            context.activate(tenant.context)
        elif isinstance(tenant, context.Region | context.Platform):
            context.activate(tenant)
        else:
            self.set_schema(tenant.schema_name)

    def set_schema(
        self, schema_name: str, include_public: bool = True, tenant_type: str | None = None
    ) -> None:
        """Activate the region with this schema, or the platform for "shared"."""
        if schema_name == context.SHARED_SCHEMA:
            context.activate(context.PLATFORM)
            return
        region = import_string(settings.REGION_LOADER)(schema_name)
        if region is None:
            raise context.NoRegionError(f"no region has the schema {schema_name!r}")
        context.activate(region)

    def set_schema_to_public(self) -> None:
        """Activate the platform."""
        context.activate(context.PLATFORM)

    def get_connection_params(self) -> dict[str, Any]:
        """Return psycopg2's arguments; only the maintenance database gets plain cursors."""
        params: dict[str, Any] = super().get_connection_params()
        if self.alias != NO_DB_ALIAS:
            params["cursor_factory"] = RegionCursor
        return params

    def is_usable(self) -> bool:
        """Ask the server a question that needs no schema."""
        if self.connection is None:
            return False
        try:
            with self.connection.cursor(cursor_factory=PlainCursor) as cursor:
                cursor.execute("SELECT 1")
        except psycopg2.Error:
            return False
        return True

    @async_unsafe
    def chunked_cursor(self) -> Any:
        """Open a server-side cursor under a name nobody else can have.

        Django's names are a thread's number and a counter: behind a pooler two processes may
        share one, and a FETCH would then read the other's rows.
        """
        self._named_cursor_idx += 1
        return self._cursor(name=f"balai_{self._cursor_token}_{self._named_cursor_idx}")

    def _configure_timezone(self, connection: Any) -> bool:
        current = connection.info.parameter_status("TimeZone")
        if not self.timezone_name or current == self.timezone_name:
            return False
        with connection.cursor(cursor_factory=PlainCursor) as cursor:
            cursor.execute(self.ops.set_time_zone_sql(), [self.timezone_name])
        return True
