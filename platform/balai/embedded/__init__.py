"""PostgreSQL and Valkey without installing anything: started from wheels, on loopback.

>>> with embedded.session() as services: ...   # starts or joins them, sets DATABASE_URL & Co.

``start``/``stop``/``status`` do it by hand. Real DATABASE_URL, REDIS_URL and CELERY_BROKER_URL
always win. See docs/how-to/run.md.
"""

from balai.embedded.errors import EmbeddedError
from balai.embedded.programs import postgres_tool
from balai.embedded.services import Services, environment, erase, session, start, status, stop
from balai.embedded.state import default_path

__all__ = [
    "EmbeddedError",
    "Services",
    "default_path",
    "environment",
    "erase",
    "postgres_tool",
    "session",
    "start",
    "status",
    "stop",
]
