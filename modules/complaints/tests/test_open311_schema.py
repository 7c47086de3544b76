"""Open311 under schemathesis: what is described is what is answered, for whatever is sent."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings as limits
from schemathesis.specs.openapi.checks import (
    missing_required_header,
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
)

from balai.api import key_services
from balai.api.tests.test_api import one_connection
from modules.complaints.tests.open311_openapi import document

__all__ = ["one_connection"]
# Dates, codes and places that make no sense stand in no schema; HEAD is answered, as HTTP asks.
NO_PROMISE = [
    missing_required_header, negative_data_rejection, positive_data_acceptance, unsupported_method,
]  # fmt: skip


@pytest.mark.usefixtures("one_connection")
def test_open311_keeps_its_description(in_region, resolved, settings):
    settings.API_CALLS_PER_MINUTE = 1_000_000
    resolved()
    _key, token = key_services.create(
        name="schemathesis", scopes=["complaints:report"], per_minute=30_000, by=None
    )
    schema = schemathesis.openapi.from_dict(document(in_region.host))
    schema.app = get_wsgi_application()
    headers = {"Host": in_region.host, "X-API-Key": token}
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 16
    statuses = set()
    for operation in operations:
        for case in _cases(operation):
            response = case.call(headers=headers)
            statuses.add(response.status_code)
            case.validate_response(response, headers=headers, excluded_checks=NO_PROMISE)
    assert {200, 400, 404} <= statuses
    assert 403 not in statuses, "the key was taken"


def _cases(operation):
    cases = []

    @limits(
        max_examples=12,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy())
    def collect(case):
        cases.append(case)

    collect()
    return cases
