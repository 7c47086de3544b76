"""Numbers for Prometheus: no region, no person, no path in any label."""

import os
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from balai.health.probes import outbox

SHARED_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter(
    "balai_requests", "Requests answered", ["route", "method", "status"], registry=REGISTRY
)
SECONDS = Histogram("balai_request_seconds", "Time to answer a request", ["route"], buckets=BUCKETS)
live_clients = Gauge(
    "balai_live_clients", "Open event streams", multiprocess_mode="livesum", registry=REGISTRY
)


class OutboxCollector(Collector):
    """Asks the database when it is scraped: the number belongs to no process."""

    def collect(self) -> Iterable[Metric]:
        """Yield the age of the oldest event that is due and not yet delivered."""
        age = outbox.age()
        if age is not None:
            yield GaugeMetricFamily("balai_outbox_age_seconds", "Oldest undelivered event", age)


def count(request: HttpRequest, status: int, seconds: float) -> None:
    """Count an answered request.

    Args:
        status: the HTTP status.
        seconds: how long it took.
    """
    route = route_class(request)
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(route, method, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def route_class(request: HttpRequest) -> str:
    """Return which part of Balai answered: a URL namespace, "static" or "none"."""
    match = request.resolver_match
    if match is not None:
        return match.namespaces[0] if match.namespaces else match.url_name or "unnamed"
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def exposition() -> tuple[bytes, str]:
    """Return the metrics of all processes of this machine, and their content type."""
    registry = CollectorRegistry()
    if os.environ.get(SHARED_FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # theirs
        registry.register(OutboxCollector())
        return generate_latest(registry), CONTENT_TYPE_LATEST
    registry.register(OutboxCollector())
    return generate_latest(REGISTRY) + generate_latest(registry), CONTENT_TYPE_LATEST
