"""What a validator sees of evidence, and what stays out of reach."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from modules.complaints.tests.scenes import HERE, dated, scene, upload

DESK = "/desk/complaints/"


def test_the_validator_sees_flags_with_reasons_and_the_other_photo(
    at_work: Callable, shoot: Callable, hand_in: Callable, validator: object, officer: object,
    make_report: Callable, client_for: Callable, in_region: object,
) -> None:  # fmt: skip
    other = make_report(photos=[upload(scene(31))])
    report = at_work(photos=[upload(scene(30))])
    there = (HERE[0] + 0.01, HERE[1])
    done = hand_in(report, shoot(report, scene(31), position=there))
    page = client_for(in_region, validator).get(f"{DESK}{done.uuid}/").content.decode()
    shown = page[page.index('id="evidence"') :]
    assert other.number in shown
    assert other.photos.get().file.medium_url in shown
    assert report.photos.get(stage="before").file.medium_url in shown
    assert "1.112 m" in shown
    assert "100%" in shown
    own = client_for(in_region, officer).get(f"{DESK}{done.uuid}/").content.decode()
    assert 'id="evidence"' not in own, "hints are for those who check"


def test_a_photo_out_of_the_viewers_reach_is_not_shown(
    at_work: Callable, shoot: Callable, hand_in: Callable, make_user: Callable, agency: object,
    make_report: Callable, client_for: Callable, in_region: object,
) -> None:  # fmt: skip
    other = make_report(photos=[upload(scene(32))])
    report = at_work()
    done = hand_in(report, shoot(report, scene(32)))
    bound = make_user("validator", agency)
    page = client_for(in_region, bound).get(f"{DESK}{done.uuid}/")
    assert page.status_code == 200
    shown = page.content.decode()
    assert 'id="evidence"' in shown
    assert other.number not in shown
    assert str(other.photos.get().file.uuid) not in shown


@pytest.mark.parametrize("photos", [1, 3])
def test_the_panel_asks_the_same_number_of_questions(
    photos: int, at_work: Callable, hand_in: Callable, validator: object, client_for: Callable,
    in_region: object,
) -> None:  # fmt: skip
    report = at_work()
    shots = [dated(40 + number, "2020:01:02 08:00:00") for number in range(photos)]
    done = hand_in(report, *shots)
    client = client_for(in_region, validator)
    client.get(f"{DESK}{done.uuid}/")
    with CaptureQueriesContext(connection) as seen:
        client.get(f"{DESK}{done.uuid}/")
    asked = [q["sql"] for q in seen.captured_queries if "complaints_flag" in q["sql"]]
    assert len(asked) == 1
