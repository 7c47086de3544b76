"""Production: every secret comes from the environment, every cookie is __Host- and Secure."""

from balai import env
from balai.settings.base import *  # noqa: F403  # settings by extension, as Django documents

SECRET_KEY = env.secret("BALAI_SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("BALAI_OLD_SECRET_KEYS")
DEBUG = env.flag("BALAI_DEBUG")  # the start-up check refuses it
SESSION_COOKIE_NAME = "__Host-balai_session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-balai_csrf"
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.flag("BALAI_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
