"""Which app's tables belong into the active schema."""

from typing import Any

from django.apps import apps
from django.conf import settings

from balai import context


class RegionRouter:
    """Shared apps in the shared schema, region apps in a region; nowhere without a context."""

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool:
        """Tell whether ``app_label`` has tables in the active schema."""
        active = context.current()
        if active is None:
            return False
        region = isinstance(active, context.Region)
        wanted = settings.TENANT_APPS if region else settings.SHARED_APPS
        config = apps.get_app_config(app_label)
        declared = f"{type(config).__module__}.{type(config).__qualname__}"
        return config.name in wanted or declared in wanted
