"""Modules give figures of whole months; only what they declared is kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from balai.aggregates import Measured, month_of, registry, services
from balai.aggregates.models import MonthFigure
from balai.modules import registry as modules

pytestmark = pytest.mark.django_db


def test_months_follow_each_other_by_the_regions_clock(in_region) -> None:
    month = month_of(date(2026, 3, 31))
    assert month.first == date(2026, 3, 1) and month.end.day == 1
    assert month.before.end == month.start
    assert month.before.before.first == date(2026, 1, 1)
    assert month.start.utcoffset() == timedelta(hours=7)


def test_every_module_measures_what_it_declares(in_region) -> None:
    found = registry.measure(month_of(date(2026, 3, 31)))
    declared = registry.known()
    assert set(found) <= set(declared)
    assert {"complaints.received", "emergency.incidents", "prices.published_days"} <= set(found)
    assert sum(known.figure.inflow for known in declared.values()) == 2


def test_a_failing_module_hides_no_other_and_an_undeclared_figure_is_refused(
    in_region, monkeypatch
) -> None:
    part = modules.part(modules.get("complaints"), "aggregates")

    def broken(month) -> dict:
        raise ZeroDivisionError

    monkeypatch.setattr(part, "measure", broken)
    found = registry.measure(month_of(date(2026, 3, 31)))
    assert "complaints.received" not in found and "prices.published_days" in found
    monkeypatch.setattr(part, "measure", lambda month: {"names": Measured(1)})
    with pytest.raises(ValueError, match=r"complaints\.names"):
        registry.measure(month_of(date(2026, 3, 31)))


def test_taking_again_overwrites_the_month(in_region, monkeypatch) -> None:
    for value in (7, 8):
        monkeypatch.setattr(
            registry, "measure", lambda month, value=value: {"prices.index": Measured(value)}
        )
        services.take()
    assert MonthFigure.objects.count() == 1
    assert services.latest()["prices.index"].value == Decimal(8)
