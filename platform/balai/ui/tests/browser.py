"""A server in this process and a real Chromium, for tests of what scripts and style sheets do."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread, Timer

import psutil
import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from balai.context import Region, region_context

CHROMIUM = next(
    (path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), ""
)
needs_browser = pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("BALAI_REQUIRE_BROWSER"), reason="Chromium is not installed"
)
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 20_000
"""Milliseconds that a test waits for a page: a machine that does much else answers late."""
CLOSING_SECONDS = 30
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # naming every node that is right takes longer than looking
}


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: the tests look at the pages."""


@contextmanager
def serving() -> Iterator[int]:
    """Serve the product with its static files on a free loopback port and yield the port."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


@contextmanager
def launched(*flags: str) -> Iterator[Browser]:
    """Yield the system's Chromium with the flags given; afterwards it is gone, come what may.

    Playwright waits for ever for a browser that does not close; here it is killed instead.
    """
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            killer = Timer(CLOSING_SECONDS, _kill_browsers)
            killer.start()
            with suppress(Error):
                browser.close()
            killer.cancel()


def _kill_browsers() -> None:
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if "chrom" in child.name():
                child.kill()


def await_worker(page: Page) -> None:
    """Wait until a page belongs to its service worker; fail when it never does.

    A promise of the page would be waited for without end where installing fails. A browser tries
    that again with the next page, and so does this.
    """
    for reloads in range(2):
        for _ in range(PATIENCE // 200):
            if page.evaluate("navigator.serviceWorker.controller !== null"):
                return
            page.wait_for_timeout(100)
        if not reloads:
            page.reload()
    raise AssertionError(f"no service worker for {page.url}")


def asking(city: Region) -> Callable[[Callable[[], object]], object]:
    """Return a function that asks the database in a thread: Playwright's loop runs in this one."""

    def inside(question: Callable[[], object]) -> object:
        try:
            with region_context(city):
                return question()
        finally:
            connection.close()

    def run(question: Callable[[], object]) -> object:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(inside, question).result()

    return run
