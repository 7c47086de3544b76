"""The table says exactly what services do, and every state has a look."""

import ast
from pathlib import Path

from modules.complaints import actions, history, topics, turn, workflow
from modules.complaints.states import STATUSES, State
from modules.complaints.workflow import Clock, Who

SERVICES = Path(workflow.__file__).parent / "services"


def _moves_in_services() -> set[str]:
    """Return every name that a service passes to ``move``."""
    names = set()
    for path in SERVICES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("move", "_end"):
                names |= {n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant)}
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "name":
                names |= {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)}
    return {name for name in names if isinstance(name, str) and name.isidentifier()}


def test_every_declared_move_is_carried_out_by_a_service() -> None:
    assert {move.name for move in workflow.MOVES} == _moves_in_services()


def test_every_state_has_colour_icon_and_word() -> None:
    assert set(STATUSES) == set(State.values)
    assert {status.colour for status in STATUSES.values()} == {
        "red", "amber", "green", "blue", "grey",
    }  # fmt: skip


def test_staff_moves_name_a_right_and_others_none() -> None:
    for move in workflow.MOVES:
        assert bool(move.permission) == (move.who is Who.STAFF), move.name


def test_running_clocks_know_their_days() -> None:
    for move in workflow.MOVES:
        needs = move.clock in (Clock.START, Clock.PAUSE) and move.name != "hold"
        assert (move.days is not None) == needs, move.name
    # A case that rests goes on at a day of its own: ``Complaint.hold_until``.


def test_every_move_has_words_and_every_staff_move_a_button() -> None:
    assert {move.name for move in workflow.MOVES} <= set(history.WORDS)
    buttons = {name for action in actions.ACTIONS for name in action.moves}
    assert buttons == {move.name for move in workflow.MOVES if move.who is Who.STAFF}


def test_no_dead_end() -> None:
    reached = {State.RECEIVED} | {state for move in workflow.MOVES for state in move.targets}
    left = {source for move in workflow.MOVES for source in move.sources}
    assert reached - left == set(), "a closed report can be opened again by an audit"
    assert reached == set(State)
    assert left <= reached
    assert set(turn.STAFF_WORDS) == {
        state for state, who in workflow.TURN.items() if who is not Who.REPORTER
    }


def test_keys_are_not_given_twice_in_one_state() -> None:
    for state in State:
        shown = [
            action.key
            for action in actions.ACTIONS
            if action.key
            and not action.unless  # it gives way to the button of those with more rights
            and (not action.moves or any(state in workflow.get(m).sources for m in action.moves))
        ]
        pairs = {key for key in shown if shown.count(key) > 1}
        assert not pairs or state in (State.IN_PROGRESS,), (state, shown)


def test_topics_belong_to_the_module() -> None:
    assert all(topic.startswith("complaints.") for topic in topics.MOVED)
