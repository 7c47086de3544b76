"""The table of moves is walked completely, through the services."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from balai.outbox.models import Event
from modules.prices import conf, workflow
from modules.prices.models import Round
from modules.prices.services import entering, publishing, verifying
from modules.prices.states import State
from modules.prices.workflow import NotAllowed

from .conftest import TODAY, answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def make(name: str, round_: Round, who: dict[str, Any]) -> None:
    """Make a move by the service that carries it out."""
    told = answers(round_.market, round_.date, {})
    {
        "submit": lambda: entering.save(
            market=round_.market,
            day=TODAY,
            by=who["enumerator"],
            done=True,
            answers=answers(round_.market, round_.date, {}, usual=19_000),
        ),
        "send_back": lambda: verifying.send_back(round_=round_, answer="Cek", by=who["validator"]),
        "verify": lambda: verifying.verify(round_=round_, by=who["validator"]),
        "take_back": lambda: verifying.take_back(round_=round_, by=who["validator"]),
        "publish": lambda: publishing.publish(day=TODAY, by=who["validator"]),
        "correct": lambda: publishing.correct(
            round_=round_, answers=told, reason="Salah ketik", by=who["validator"]
        ),
    }[name]()


@pytest.mark.parametrize("state", State.values)
def test_every_state_allows_exactly_what_the_table_says(
    state: str, ask: Callable, markets: list, enumerator: Any, validator: Any
) -> None:
    round_ = ask(markets[1])
    who = {"enumerator": enumerator, "validator": validator}
    for move in workflow.MOVES:
        Round.objects.filter(pk=round_.pk).update(state=state)
        round_.refresh_from_db()
        if state in move.sources:
            make(move.name, round_, who)
            round_.refresh_from_db()
            assert round_.state == move.target, move.name
            continue
        with pytest.raises(NotAllowed):
            make(move.name, round_, who)
        round_.refresh_from_db()
        assert round_.state == state, move.name


def test_moves_ask_for_rights_words_and_four_eyes(
    ask: Callable, markets: list, enumerator: Any, validator: Any, make_user: Callable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    round_, admin = ask(markets[1]), make_user("admin")
    for service in (verifying.verify, verifying.take_back):
        with pytest.raises(PermissionDenied):
            service(round_=round_, by=enumerator)
    with pytest.raises(PermissionDenied):
        publishing.publish(day=TODAY, by=enumerator)
    with pytest.raises(PermissionDenied):
        entering.save(market=markets[0], day=TODAY, answers=[], by=validator)
    with pytest.raises(NotAllowed, match="asked again"):
        verifying.send_back(round_=round_, answer="  ", by=validator)
    Round.objects.filter(pk=round_.pk).update(enumerator=admin)
    with pytest.raises(NotAllowed, match="Somebody else"):
        verifying.verify(round_=round_, by=admin)
    monkeypatch.setattr(conf, "current", lambda: conf.Settings(four_eyes=False))
    assert verifying.verify(round_=round_, by=admin).verifier == admin
    told = Event.objects.filter(topic__startswith="prices.").order_by("id")
    assert list(told.values_list("topic", flat=True)) == ["prices.submit", "prices.verify"]
    assert set(told.last().payload) == {"round"}, "ids only"
