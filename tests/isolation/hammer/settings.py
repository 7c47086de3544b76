"""The least Django that can run the hammer, with either backend."""

import os

from balai import env

SECRET_KEY = "hammer" * 10
INSTALLED_APPS = ["django.contrib.contenttypes", "tests.isolation.hammer"]
SHARED_APPS = TENANT_APPS = INSTALLED_APPS
TENANT_MODEL = "hammer.City"
TENANT_DOMAIN_MODEL = "hammer.City"
PUBLIC_SCHEMA_NAME = "shared"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Half of the cities live in a second database, where one is given; to the control it is invisible.
CELL_URLS = env.named("HAMMER_CELLS")
LISTEN_CELL_URLS: dict[str, str] = {}
LISTEN_DATABASE_URL = ""
STATE = os.environ.get("TMPDIR", "/tmp")  # nothing is written there
REGION_LOADER = "tests.isolation.hammer.cities.load"
DATABASES = {
    "default": {
        "ENGINE": os.environ["HAMMER_ENGINE"],
        "CONN_MAX_AGE": None,
        "DISABLE_SERVER_SIDE_CURSORS": env.flag("HAMMER_POOLED"),
        **env.database(os.environ["HAMMER_URL"]),
    }
}
