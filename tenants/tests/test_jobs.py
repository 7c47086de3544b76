"""Work in every region: each in its own, one failure does not stop the others."""

import pytest

from balai import context
from tenants.jobs import for_each_region

pytestmark = pytest.mark.django_db


def test_each_region_once_and_errors_stay_where_they_are(region, other_region) -> None:
    def work() -> str:
        here = context.current_region()
        if here == region:
            raise LookupError("only here")
        return here.schema

    outcomes = {outcome.region.schema: outcome for outcome in for_each_region(work)}
    assert set(outcomes) == {region.schema, other_region.schema}
    assert outcomes[other_region.schema].value == other_region.schema
    assert isinstance(outcomes[region.schema].error, LookupError)
    assert context.current() is None
