"""The cache and the broker: useful, never the only copy of anything."""

from typing import Final

from celery import current_app
from django.conf import settings
from kombu.exceptions import KombuError
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from balai.health.probes.probe import Probe, Status

PATIENCE: Final = 1.0
REDIS_SCHEMES: Final = ("redis://", "rediss://", "valkey://", "valkeys://")


def cache() -> Probe:
    """Ask the cache's server; without it pages are slower and nothing else."""
    return _ping(settings.REDIS_URL)


def broker() -> Probe:
    """Ask the broker; without it the relay sends its events again later."""
    if settings.CELERY_BROKER_URL.startswith(REDIS_SCHEMES):
        return _ping(settings.CELERY_BROKER_URL)
    try:
        with current_app.connection_for_read(connect_timeout=PATIENCE) as connection:
            connection.ensure_connection(max_retries=1, timeout=1)
    except (OSError, KombuError) as error:
        return Probe(Status.DEGRADED, {"error": type(error).__name__})
    return Probe(Status.OK)


def _ping(url: str) -> Probe:
    client = Redis.from_url(
        url,
        socket_connect_timeout=PATIENCE,
        socket_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        client.ping()
    except RedisError as error:
        return Probe(Status.DEGRADED, {"error": type(error).__name__})
    finally:
        client.close()
    return Probe(Status.OK)
