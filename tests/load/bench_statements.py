"""How many SQL statements the main pages need, and how big the home page is."""

import gzip

from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.context import platform
from tenants import directory
from tests.load.row import Row
from tests.support.client import CityClient

PAGES = {
    "/": 12,
    "/complaints/": 8,
    "/complaints/new/": 8,
    "/offline/": 0,
}


def measure() -> list[Row]:
    """Visit each page twice as a citizen and count the second visit's statements."""
    with platform():
        region = directory.by_schema("r_tangerang")
    if region is None:
        raise LookupError("the bench database has no Kota Tangerang")
    client = CityClient(region)
    rows = []
    for page, most in PAGES.items():
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(page)
        count = len(captured)
        rows.append(Row(f"statements of {page}", str(count), f"<= {most}", count <= most))
        if page == "/":
            size = len(gzip.compress(response.content))
            rows.append(Row("home page, HTML gzipped", f"{size / 1024:.1f} kB"))
    return rows
