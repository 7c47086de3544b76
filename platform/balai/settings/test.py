"""The test suite: like the demo, with plain static files and quick password hashes."""

import os

os.environ.setdefault("BALAI_SCHEME", "http")
os.environ.setdefault("BALAI_STATE", ".balai-test")
os.environ.setdefault("BALAI_EXTRA_MODULES", "tests.dummy.specimen")

from balai.settings.development import *  # noqa: F403  # the defaults above come first

TESTING = True
SAMPLE_SCALE = 0.03
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "balai.signon.hashers.RandomSecretHasher",
]
STORAGES = {
    **STORAGES,  # noqa: F405  # from base
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  # from base; whitenoise warns without
