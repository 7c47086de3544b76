"""What the processes of a test stack run with: the demo's settings, mail over real SMTP."""

import os

os.environ["BALAI_SCHEME"] = "http"
os.environ["BALAI_EMAIL_BACKEND"] = "django.core.mail.backends.smtp.EmailBackend"

from balai.settings.development import *  # noqa: F403  # the two lines above come first

TESTING = True
CELERY_TASK_DEFAULT_QUEUE = os.environ["BALAI_QUEUE"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "balai.signon.hashers.RandomSecretHasher",
]
STORAGES = {
    **STORAGES,  # noqa: F405  # from base
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
