"""What django-tenants sees when it asks the connection for its tenant."""

from dataclasses import dataclass

from balai import context


@dataclass(frozen=True, slots=True)
class ActiveTenant:
    """The active context, kept whole: also "nothing", which must come back as nothing.

    django-tenants' context managers store ``connection.tenant`` and set it again at the end.
    """

    context: context.Context | None

    @property
    def schema_name(self) -> str | None:
        """The schema's name, or None when nothing was active."""
        return self.context.schema if self.context else None

    def get_tenant_type(self) -> str:
        """All regions are of one type."""
        return "region"
