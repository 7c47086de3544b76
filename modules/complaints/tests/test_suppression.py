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
    row_sums: list[int], column_sums: list[int], shown: dict[tuple[int, int], int | None],
):  # fmt: skip
    """Yield every table with these margins that agrees with what is shown.

    In a row that is hidden whole a cell may be 0, elsewhere a hidden one is known to be more.
    """
    rows, columns = range(len(row_sums)), range(len(column_sums))
    least = [0 if all(shown[row, c] is None for c in columns) else 1 for row in rows]

    def rest(row: int, left: list[int], done: list[list[int]]):
        if row == len(rows):
            if not any(left):
                yield done
            return
        ranges = [
            range(least[row], left[c] + 1) if shown[row, c] is None else [shown[row, c]]
            for c in columns
        ]
        for values in product(*ranges):
            after = [a - b for a, b in zip(left, values, strict=True)]
            if sum(values) == row_sums[row] and min(after) >= 0:
                yield from rest(row + 1, after, [*done, list(values)])

    yield from rest(0, column_sums, [])


@given(st.lists(st.lists(st.integers(0, 8), min_size=3, max_size=3), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_no_small_cell_of_a_table_can_be_worked_out_from_its_margins(
    cells: list[list[int]],
) -> None:
    """Every table is made that a reader could think of: in one of them the cell is not small."""
    k = 3
    named = {(r, c): value for r, row in enumerate(cells) for c, value in enumerate(row)}
    result = table(named, k)
    assert all(value is None or value == named[key] for key, value in result.cells.items())
    assert all(value is None or value == 0 or value >= k for value in result.cells.values())
    if all(value is None for value in result.rows.values()) and result.total is None:
        assert set(result.cells.values()) == {None} or sum(named.values()) == 0
        return
    left = {key for key, value in named.items() if 0 < value < k}
    sums = [sum(row) for row in cells], [sum(column) for column in zip(*cells, strict=True)]
    if set(result.rows.values()) == {None} and set(result.columns.values()) == {None}:
        assert set(result.cells.values()) == {None}
        return
    for fill in _fills(*sums, result.cells):
        left -= {(r, c) for r, c in left if not 0 < fill[r][c] < k}
        if not left:
            return
    assert not left, f"{left} of {cells} shown as {result}"


def test_a_table_keeps_what_it_can() -> None:
    counts = {("a", "x"): 2, ("a", "y"): 12, ("a", "z"): 40,
              ("b", "x"): 10, ("b", "y"): 15, ("b", "z"): 60}  # fmt: skip
    shown = table(counts)
    assert {key for key, value in shown.cells.items() if value is None} == {
        ("a", "x"), ("a", "y"), ("b", "x"), ("b", "y"),
    }  # fmt: skip
    assert (shown.rows["a"], shown.columns["x"], shown.total) == (54, 12, 139)
    assert suppress(counts) == shown.cells


def test_a_row_of_small_cells_is_hidden_with_another_row() -> None:
    counts = {("a", "x"): 1, ("a", "y"): 2, ("a", "z"): 0,
              ("b", "x"): 30, ("b", "y"): 10, ("b", "z"): 20,
              ("c", "x"): 90, ("c", "y"): 80, ("c", "z"): 70}  # fmt: skip
    shown = table(counts)
    assert {key[0] for key, value in shown.cells.items() if value is None} == {"a", "b"}
    assert shown.cells["c", "x"] == 90
    assert (shown.rows["a"], shown.rows["c"], shown.total) == (None, 240, 303)


def test_one_row_alone_shows_its_sum() -> None:
    shown = table({("a", "x"): 2, ("a", "y"): 30})
    assert shown.cells == {("a", "x"): None, ("a", "y"): None}
    assert (shown.rows, shown.total) == ({"a": None}, 32)
    assert table({("a", "x"): 2}).total is None
