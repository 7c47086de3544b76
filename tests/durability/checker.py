"""Compare what was promised with what is there."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tests.durability.clients import Operation
from tests.durability.harness import City


@dataclass(frozen=True)
class Verdict:
    """How many promises were broken, and which."""

    acknowledged: int
    lost: list[str]
    duplicated: list[str]
    changed: list[str]
    without_effect: list[str]

    @property
    def clean(self) -> bool:
        """Whether nothing at all is wrong."""
        return not (self.lost or self.duplicated or self.changed or self.without_effect)


def lost(acknowledged: Iterable[str], present: Iterable[str]) -> list[str]:
    """Return what was acknowledged and is not there."""
    return sorted(set(acknowledged) - set(present))


def judge(city: City, log: list[Operation], patience: float = 60.0) -> Verdict:
    """Return the verdict on the operations of ``log``.

    Args:
        patience: seconds to wait for the letters that follow from the reports.
    """
    deadline = time.monotonic() + patience
    promised = {operation.mark: operation for operation in log if operation.receipts}
    while _without_letter(city, promised) and time.monotonic() < deadline:
        time.sleep(0.3)
    rows = city.rows(
        "SELECT uuid::text, text FROM complaints_complaint WHERE text LIKE '%%laporan-%%'"
    )
    marks = Counter(text.split()[-1] for _, text in rows)
    by_mark = {text.split()[-1]: number for number, text in rows}
    return Verdict(
        acknowledged=len(promised),
        lost=lost(promised, marks),
        duplicated=[mark for mark, count in marks.items() if count > 1],
        changed=[
            mark
            for mark, operation in promised.items()
            if set(operation.receipts) != {by_mark.get(mark)}
        ],
        without_effect=_without_letter(city, promised),
    )


def _without_letter(city: City, promised: dict[str, Operation]) -> list[str]:
    sent = "\n".join(city.letters.texts)
    return [mark for mark, operation in promised.items() if operation.key not in sent]
