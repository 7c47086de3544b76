"""The same apps on django-tenants' own backend: what the bench compares with."""

import os

from balai.settings.test import *  # noqa: F403  # the whole, with another backend

DATABASES = {"default": {**DATABASES["default"], "ENGINE": "django_tenants.postgresql_backend"}}  # noqa: F405  # from above
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
TENANT_SYNC_ROUTER = "django_tenants.routers.TenantSyncRouter"
if os.environ.get("BALAI_STOCK_SPECIMEN"):
    MIGRATION_MODULES = {"specimen": os.environ["BALAI_STOCK_SPECIMEN"]}
