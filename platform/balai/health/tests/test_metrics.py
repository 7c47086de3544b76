import os
import subprocess
import sys
from pathlib import Path

from django.test import Client, RequestFactory
from prometheus_client.parser import text_string_to_metric_families

from balai.health import metrics

COUNT = """
import django, os
django.setup()
from django.test import RequestFactory
from balai.health import metrics
for _ in range(2):
    if os.fork() == 0:
        metrics.count(RequestFactory().get("/static/x.css"), 200, 0.01)
        metrics.live_clients.inc(3)
        os._exit(0)
    os.wait()
print(metrics.exposition()[0].decode())
"""


def samples(text: str) -> dict[tuple[str, str], float]:
    return {
        (sample.name, sample.labels.get("route", "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_routes_are_parts_of_balai_not_paths_or_regions(db, region, client_for) -> None:
    before = metrics.REQUESTS.labels("none", "GET", "404")._value.get()
    client_for(region).get("/reports/3174090000000001/")
    Client().get("/", headers={"Host": "nobody.example"})
    text = metrics.exposition()[0].decode()
    assert metrics.REQUESTS.labels("none", "GET", "404")._value.get() == before + 2
    assert "3174090000000001" not in text
    assert region.slug not in text


def test_an_unknown_method_makes_no_new_label(db: None) -> None:
    metrics.count(RequestFactory().generic("BREW", "/static/x.css"), 405, 0.1)
    text = metrics.exposition()[0].decode()
    assert 'method="other"' in text
    assert "BREW" not in text


def test_all_processes_count_together(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "balai.settings.development",
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
    }
    command = [sys.executable, "-W", "ignore", "-c", COUNT]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found = samples(done.stdout)
    assert found["balai_requests_total", "static"] == 2
    assert found["balai_request_seconds_count", "static"] == 2
    assert found["balai_live_clients", ""] == 6
