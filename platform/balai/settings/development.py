"""The demo and a developer's machine: loopback, embedded services, no TLS."""

import os

os.environ.setdefault("BALAI_SCHEME", "http")
os.environ.setdefault("BALAI_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")

from balai import env  # the two defaults above come first
from balai.settings.base import *  # noqa: F403  # the two defaults above come first
from balai.settings.local_secrets import secret_key  # same reason

DEBUG = env.flag("BALAI_DEBUG")
SECRET_KEY = secret_key(STATE)  # noqa: F405  # from base
SESSION_COOKIE_NAME = "balai_session"
CSRF_COOKIE_NAME = "balai_csrf"
