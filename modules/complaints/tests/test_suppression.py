"""Small counts stay hidden whatever one works out from what is shown beside them."""

from itertools import product

from hypothesis import given, settings, strategies as st

from modules.complaints.selectors.suppression import K, suppress, table, total

COUNTS = st.integers(0, 3 * K)


def _possible(shown: list[int | None], whole: int | None) -> list[set[int]]:
    """Return what each hidden count can be, for somebody who knows the total and the method.

    Without a total, up to 3k for each: nothing is excluded.
    """
    hidden = [at for at, value in enumerate(shown) if value is None]
    if whole is None:
        return [set(range(1, 3 * K)) for _ in hidden]
    rest = whole - sum(value or 0 for value in shown)
    most = rest - (len(hidden) - 1)
    if len(hidden) == 1:
        return [{rest}]
    return [set(range(1, most + 1)) for _ in hidden]


def test_a_small_count_takes_another_with_it() -> None:
    assert suppress({"a": 2, "b": 9, "c": 30}) == {"a": None, "b": None, "c": 30}
    assert suppress({"a": 6, "b": 9, "c": 0}) == {"a": 6, "b": 9, "c": 0}
    assert suppress({}) == {}


def test_two_ones_are_no_secret_by_themselves() -> None:
    """1 + 1 = 2 with two hidden counts of at least 1 each tells both."""
    assert suppress({"a": 1, "b": 1, "c": 8, "d": 20}) == {"a": None, "b": None, "c": None, "d": 20}


def test_a_total_that_tells_is_hidden() -> None:
    assert total({"a": 2}) is None
    assert total({"a": 2, "b": 1}) is None
    assert total({"a": 2, "b": 9}) == 11
    assert total({"a": 7, "b": 9}) == 16


@given(st.lists(COUNTS, max_size=8))
@settings(max_examples=400)
def test_no_small_count_of_a_list_can_be_worked_out(counts: list[int]) -> None:
    named = dict(enumerate(counts))
    shown = list(suppress(named).values())
    whole = total(named)
    assert all(value is None or value == counts[at] for at, value in enumerate(shown))
    assert all(value is None or value == 0 or value >= K for value in shown)
    assert whole in (None, sum(counts))
    for possible in _possible(shown, whole):
        assert max(possible) >= K
        assert len(possible) > 1


def _fills(
    rows: int, columns: int, row_sums: list[int], column_sums: list[int],
    shown: dict[tuple[int, int], int | None],
):  # fmt: skip
    """Yield every table with these margins that agrees with what is shown; hidden cells >= 1."""

    def rest(row: int, left: list[int], done: list[list[int]]):
        if row == rows:
            if not any(left):
                yield done
            return
        ranges = [
            range(1, left[c] + 1) if shown[row, c] is None else [shown[row, c]]
            for c in range(columns)
        ]
        for values in product(*ranges):
            after = [a - b for a, b in zip(left, values, strict=True)]
            if sum(values) == row_sums[row] and min(after) >= 0:
                yield from rest(row + 1, after, [*done, list(values)])

    yield from rest(0, column_sums, [])


@given(st.lists(st.lists(st.integers(0, 8), min_size=3, max_size=3), min_size=2, max_size=3))
@settings(max_examples=60, deadline=None)
def test_no_small_cell_of_a_table_can_be_worked_out_from_its_margins(
    cells: list[list[int]],
) -> None:
    k = 3
    named = {(r, c): value for r, row in enumerate(cells) for c, value in enumerate(row)}
    result = table(named, k)
    for key, value in result.cells.items():
        assert value is None or value == named[key]
        assert value is None or value == 0 or value >= k
    small = [key for key, value in named.items() if 0 < value < k]
    if not small or None in result.rows.values():
        hidden = [named[key] for key, value in result.cells.items() if value is None]
        if result.total is not None and hidden:
            assert len(hidden) > 1
            assert sum(hidden) - len(hidden) + 1 >= k
        return
    found: dict[tuple[int, int], set[int]] = {key: set() for key in small}
    sums = [sum(row) for row in cells], [sum(column) for column in zip(*cells, strict=True)]
    for fill in _fills(len(cells), 3, *sums, result.cells):
        for r, c in small:
            found[r, c].add(fill[r][c])
        if all(len(possible) > 1 and max(possible) >= k for possible in found.values()):
            return
    raise AssertionError(f"{found} of {cells} shown as {result}")


def test_a_table_keeps_what_it_can() -> None:
    counts = {("a", "x"): 2, ("a", "y"): 12, ("a", "z"): 40,
              ("b", "x"): 10, ("b", "y"): 15, ("b", "z"): 60}  # fmt: skip
    shown = table(counts)
    assert {key for key, value in shown.cells.items() if value is None} == {
        ("a", "x"), ("a", "y"), ("b", "x"), ("b", "y"),
    }  # fmt: skip
    assert (shown.rows["a"], shown.columns["x"], shown.total) == (54, 12, 139)
    assert suppress(counts) == shown.cells


def test_where_nothing_protects_a_cell_the_margins_are_hidden() -> None:
    shown = table({("a", "x"): 2, ("b", "x"): 30})
    assert shown.rows == {"a": None, "b": None}
    assert shown.columns == {"x": None}
    assert (shown.cells["a", "x"], shown.total) == (None, 32)
