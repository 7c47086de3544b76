"""The same apps on django-tenants' own backend: what the bench compares with."""

from balai.settings.test import *

DATABASES = {"default": {**DATABASES["default"], "ENGINE": "django_tenants.postgresql_backend"}}  # noqa: F405  # from the line above
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
TENANT_SYNC_ROUTER = "django_tenants.routers.TenantSyncRouter"
