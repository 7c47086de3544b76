"""Any gateway to SP4N-LAPOR! that speaks JSON over HTTP with a token."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, TypeVar
from urllib.parse import quote

from balai import outbound
from modules.complaints.sp4n.channel import (
    Heard,
    OutgoingCase,
    RemoteCase,
    RemoteStatus,
    Undeliverable,
)
from modules.complaints.sp4n.fields import Fields, at

SECONDS: Final = 8.0
RETRY: Final = frozenset({408, 409, 425, 429})
LONGEST_ID, LONGEST_STATUS, LONGEST_MARK = 64, 60, 100
Item = TypeVar("Item")


class HttpSp4n:
    """``base`` is the gateway's address. Private addresses are refused (``balai.outbound``)."""

    def __init__(self, *, base: str, token: str, fields: Fields) -> None:
        self._base, self._token, self._fields = base.rstrip("/"), token, fields

    def send(self, case: OutgoingCase) -> str:
        """POST the case; a repetition carries the same Idempotency-Key."""
        told = {theirs: _plain(getattr(case, ours)) for theirs, ours in self._fields.send.items()}
        answer = self._call(
            "POST", self._fields.send_path, json.dumps(told).encode(), case.reference
        )
        external_id = at(answer, self._fields.send_id)
        if not isinstance(external_id, str | int) or not str(external_id).strip():
            raise ConnectionError("the answer has no number")
        if len(str(external_id)) > LONGEST_ID:
            raise Undeliverable("the number in the answer is too long")
        return str(external_id).strip()

    def statuses(self, since: str) -> Heard[RemoteStatus]:
        """GET one page of statuses."""
        return self._page(self._fields.statuses_path, since, self._status)

    def incoming(self, since: str) -> Heard[RemoteCase]:
        """GET one page of cases."""
        return self._page(self._fields.incoming_path, since, self._case)

    def _page(self, path: str, since: str, make: Callable[[Any], Item | None]) -> Heard[Item]:
        if not path:
            return Heard([])
        sign = "&" if "?" in path else "?"
        query = f"{sign}{quote(self._fields.since)}={quote(since, safe='')}" if since else ""
        answer = self._call("GET", path + query)
        rows = at(answer, self._fields.items)
        if not isinstance(rows, list):
            raise ConnectionError("the answer has no list")
        mark = at(answer, self._fields.watermark)
        items = [item for row in rows if (item := make(row)) is not None]
        return Heard(items, str(mark or "")[:LONGEST_MARK], bool(at(answer, self._fields.more)))

    def _status(self, row: Any) -> RemoteStatus | None:
        told, status = at(row, self._fields.id), at(row, self._fields.status)
        if told in (None, "") or status in (None, ""):
            return None
        return RemoteStatus(str(told)[:LONGEST_ID], str(status)[:LONGEST_STATUS])

    def _case(self, row: Any) -> RemoteCase | None:
        names, told = self._fields, at(row, self._fields.id)
        text = str(at(row, names.text) or "").strip()
        if told in (None, "") or not text:
            return None
        return RemoteCase(
            external_id=str(told)[:LONGEST_ID],
            title=" ".join(str(at(row, names.title) or "").split())[:255],
            text=text[:3000],
            category=str(at(row, names.category) or ""),
            landmark=" ".join(str(at(row, names.landmark) or "").split())[:160],
            latitude=_degrees(at(row, names.latitude)),
            longitude=_degrees(at(row, names.longitude)),
            secret=bool(at(row, names.secret)),
        )

    def _call(self, method: str, path: str, body: bytes = b"", key: str = "") -> Any:
        headers = {
            "Accept": "application/json",
            self._fields.token_header: f"{self._fields.token_prefix}{self._token}",
            **({"Content-Type": "application/json"} if body else {}),
            **({"Idempotency-Key": key} if key else {}),
        }  # fmt: skip
        url = f"{self._base}/{path.lstrip('/')}"
        answer = outbound.request(method, url, body=body, headers=headers, timeout=SECONDS)
        if 400 <= answer.status < 500 and answer.status not in RETRY:
            raise Undeliverable(f"SP4N answered {answer.status}")
        if not 200 <= answer.status < 300:
            raise ConnectionError(f"SP4N answered {answer.status}")
        try:
            return json.loads(answer.body)
        except ValueError as error:
            raise ConnectionError("the answer is not JSON") from error


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _degrees(value: Any) -> float | None:
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if abs(found) <= 180 else None
