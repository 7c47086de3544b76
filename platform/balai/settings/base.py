"""Settings that every environment shares."""

from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE, SELF

from balai import env
from balai.i18n.catalogs import app_folders
from balai.modules.discovery import discover, discover_external
from balai.settings.accounts import *  # noqa: F403  # one file for all that allauth reads
from balai.settings.folders import *  # noqa: F403  # the rest is read by Django
from balai.settings.folders import STATE
from balai.settings.logging import LOGGING, LOGGING_CONFIG  # noqa: F401  # read by Django
from balai.settings.messages import *  # noqa: F403  # mail and the gateways of other channels
from balai.settings.payments import *  # noqa: F403  # one file for invoices and Stripe

DEMO = env.flag("BALAI_DEMO")
DEBUG = False

# Addresses. Hosts are checked by the region resolver before anything else runs.
APEX_HOST = env.text("BALAI_APEX_HOST", "localhost:8000")
PUBLIC_SCHEME = env.text("BALAI_SCHEME", "https")
ALLOWED_HOSTS = ["*"]
USE_X_FORWARDED_HOST = False

# Regions (docs/tenancy.md): the shared schema and every region's schema hold different apps.
BOTH_APPS = [
    "balai.accounts",
    "django.contrib.sessions",
    "allauth.account",
    "allauth.mfa",
    "balai.audit",
    "balai.outbox",  # the platform, too, tells of events and writes to people
    "balai.notify",
    "allauth.idp.oidc",  # each region is a provider for its apps, the platform one for its regions
    "balai.signon",
]
SHARED_APPS = [
    "django_tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.admin",
    "tenants",
    "provisioning",
    *BOTH_APPS,
]
MODULES = [*discover("modules"), *discover_external(), *env.words("BALAI_EXTRA_MODULES")]
TENANT_APPS = [
    *BOTH_APPS,
    "balai.directory",
    "balai.accounts.members",
    "balai.files",
    "balai.workcal",
    "balai.api",
    "balai.importing",
    "balai.aggregates",
    "balai.privacy",
    *MODULES,
]
CODE_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "django_htmx",
    "ninja",
    "balai.ui",
    "balai.home",
    "balai.opendata",
    "balai.live",
    "balai.health",
    "themes",
]
INSTALLED_APPS = list(dict.fromkeys([*SHARED_APPS, *TENANT_APPS, *CODE_APPS]))
TENANT_MODEL = "tenants.Region"
TENANT_DOMAIN_MODEL = "tenants.Domain"
PUBLIC_SCHEMA_NAME = "shared"
DATABASE_ROUTERS = ["tenants.routers.RegionRouter"]
TENANT_SYNC_ROUTER = DATABASE_ROUTERS[0]
REGION_LOADER = "tenants.directory.by_schema"
REGION_ITERATOR = "tenants.selectors.all_regions"
MIGRATING_CONTEXT = "tenants.backend.migrating.migrating"
MODULE_ACTIVATION = "tenants.activation.active_slugs"
LIFE_PROVIDER = "provisioning.lifecycle.banner.current"
BRAND_PROVIDER = "themes.provider.current_brand"
# A handler that returns True ends the region's streams: their pages ask anew what they may hear.
NOTIFY_HANDLERS = {
    "balai_directory": "tenants.directory.on_notify",
    "balai_banners": "tenants.banners.on_notify",
}
ROAMING_KEEPER = "provisioning.hub.services.keep"
MAINTENANCE_NOTICE = "provisioning.operators.maintenance.current"
BANNER_KEEPER = "tenants.banners.keep"
LISTENING_LOST = "tenants.directory.listening_lost"
LISTENING_RESTORED = "tenants.directory.listening_restored"
CLI_COMMANDS = [
    "tenants.cli.app", "provisioning.cli.app", "balai.accounts.cli.app", "balai.privacy.cli.app",
]  # fmt: skip
DEMO_SETUP = "provisioning.demo.prepare"
READY_CHECKS = ["provisioning.cells.health.cells"]
DOCTOR_CHECKS = [
    "provisioning.cells.health.doctor", "provisioning.doctor.regions_and_release",
    "provisioning.doctor.backups",
]  # fmt: skip
METRICS_TOKEN = env.secret("BALAI_METRICS_TOKEN", "")
TLS_TOKEN = env.secret("BALAI_TLS_TOKEN", "")
DNS_SERVERS = env.words("BALAI_DNS_SERVERS")  # "ip" or "ip:port"; the system's when empty

DATABASES = {
    "default": {
        "ENGINE": "tenants.backend",
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        # A held cursor belongs to a session, and a transaction pooler gives none.
        "DISABLE_SERVER_SIDE_CURSORS": env.flag("BALAI_TRANSACTION_POOLER"),
        **env.database(env.text("DATABASE_URL", "postgres://balai@127.0.0.1:5432/balai")),
    }
}
# Further databases that regions live in: "timur=postgres://... barat=postgres://..."
CELL_URLS = env.named("BALAI_CELLS")
LISTEN_CELL_URLS = env.named("BALAI_LISTEN_CELLS")
# A server process keeps in memory what it has seen of each region (1.65 MB): then a new one.
REGIONS_PER_CONNECTION = env.number("BALAI_REGIONS_PER_CONNECTION", 100)
CELL_DIRECTORY = "tenants.cells"
AWAY_REASON = "tenants.pausing.reason"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "balai.cache.ForgivingCache",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "balai.cache.make_key",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    },
    "global": {
        "BACKEND": "balai.cache.ForgivingCache",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "balai.cache.make_global_key",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    },
}

MIDDLEWARE = [
    "balai.health.middleware.HealthMiddleware",
    "provisioning.domains.tls.CertificateMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "balai.request.RequestContextMiddleware",
    "csp.middleware.CSPMiddleware",
    "tenants.middleware.RegionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "balai.request.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "balai.audit.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "balai.ui.middleware.ErrorPageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "balai.endpoints.middleware.EndpointMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "balai.accounts.middleware.GlobalLimitMiddleware",
    "balai.accounts.middleware.SecondFactorMiddleware",
    "provisioning.operators.middleware.VisitMiddleware",
    "balai.modules.gate.ModuleGateMiddleware",
]
ROOT_URLCONF = "balai.urls_region"
PUBLIC_SCHEMA_URLCONF = "balai.urls_public"
WSGI_APPLICATION = "balai.wsgi.application"
CSRF_FAILURE_VIEW = "balai.ui.errors.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "balai.ui.context_processors.site",
            ],
            "builtins": ["django.templatetags.i18n", "balai.ui.templatetags.balai"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Language and time: Bahasa Indonesia first; a region shows times in its own zone.
LANGUAGE_CODE = "id"
# Ours come before those of Django's and allauth's apps, which have a "None" and a "Filter", too.
LOCALE_PATHS = [path for app in app_folders() if (path := app / "locale").exists()]
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]  # each in its own words
LANGUAGE_COOKIE_NAME = "balai_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

# Static files and media. Media is private: only views with an access check serve it.
STATIC_URL = "/static/"
# Leaflet's files only: as an app its admin module asks for GDAL.
STATICFILES_DIRS = [
    Path(root) / "static"
    for root in find_spec("leaflet").submodule_search_locations  # type: ignore[union-attr]  # installed
]
STATIC_ROOT = Path(env.text("BALAI_STATIC_ROOT", str(STATE / "static")))
MEDIA_ROOT = Path(env.text("BALAI_MEDIA_ROOT", str(STATE / "media")))
STORAGES = {
    "default": {"BACKEND": "balai.files.storage.RegionStorage"},
    "staticfiles": {"BACKEND": "balai.ui.storage.HashedStaticFiles"},
}
S3_BUCKET = env.text("S3_BUCKET", "")
S3_OPTIONS = {
    "endpoint_url": env.text("S3_ENDPOINT", "") or None,
    "access_key": env.secret("S3_ACCESS_KEY", "") or None,
    "secret_key": env.secret("S3_SECRET_KEY", "") or None,
    "region_name": env.text("S3_REGION", "") or None,
    "default_acl": None,
    "file_overwrite": False,
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
TILE_URL = env.text("BALAI_TILE_URL", "")
TILE_ATTRIBUTION = env.text("BALAI_TILE_ATTRIBUTION", "")
TILE_ORIGINS = ["/".join(TILE_URL.replace("{s}", "*").split("/")[:3])] if TILE_URL else []

# Security. Cookies are host-only: no DOMAIN is ever set.
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *TILE_ORIGINS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# Jobs. The broker only carries hints; the numbers are those that lost nothing under kill -9.
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "redis://127.0.0.1:6379/1")
# Only chords need one, and nothing of ours does: what must happen leaves through the outbox.
CELERY_RESULT_BACKEND = env.text("CELERY_RESULT_BACKEND", "") or None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_POOL = "prefork"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 50
CELERY_TASK_DEFAULT_QUEUE = "balai"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "balai.beat:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(STATE / "beat-schedule")

# Events: seconds before a failed delivery is tried again (doubled each time), and how often.
OUTBOX_RETRY_SECONDS = env.number("BALAI_OUTBOX_RETRY_SECONDS", 5)
OUTBOX_MAX_ATTEMPTS = env.number("BALAI_OUTBOX_MAX_ATTEMPTS", 12)
OUTBOX_KEEP_DAYS = env.number("BALAI_OUTBOX_KEEP_DAYS", 14)
# LISTEN needs a connection of its own; name the database itself here when DATABASE_URL is a pooler.
LISTEN_DATABASE_URL = env.text("BALAI_LISTEN_DATABASE_URL", "")
API_CALLS_PER_MINUTE = env.number("BALAI_API_CALLS_PER_MINUTE", 300)
WEB_THREADS = env.number("BALAI_WEB_THREADS", 8)
WEB_URGENT_THREADS = env.number("BALAI_WEB_URGENT_THREADS", 4)  # of their own: balai.lanes
WEB_READS = env.number("BALAI_WEB_READS", 3)  # pages made at once; Python runs one at a time
WEB_QUEUE = env.number("BALAI_WEB_QUEUE", 128)  # reads beyond this are turned away with a 503
SAMPLE_SCALE = 1.0  # how large modules' sample data are beside real life; tests need little

EMAIL_FILE_PATH = STATE / "outgoing"
OUTBOUND_TRUSTED = env.words("BALAI_OUTBOUND_TRUSTED")  # "host:port" inside our own network
# Full-text fields want the app django.contrib.postgres, which asks every new connection for types
# we do not use (hstore, citext) before any region is set.
SILENCED_SYSTEM_CHECKS = ["postgres.E005"]
TEST_RUNNER = "django.test.runner.DiscoverRunner"
