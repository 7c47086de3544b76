"""What the API of partners gives and takes."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from balai.api.schemas import StrictSchema


class ShareOut(StrictSchema):
    """A case shared with the program's partner; ``kind`` and ``place`` in the region's words.

    ``due_at``: by when it should be acknowledged, null once it is.
    """

    uuid: UUID
    number: str
    source: str
    state: Literal["sent", "acknowledged", "answered", "closed"]
    kind: str
    place: str
    reported_at: datetime | None
    shared_at: datetime | None
    due_at: datetime | None
    reference: str
    outcome: str


class FieldOut(StrictSchema):
    """One field that was agreed on."""

    key: str
    label: str
    text: str


class MessageOut(StrictSchema):
    """A line of the talk or a step."""

    at: datetime
    side: str
    step: str
    text: str


class WholeShareOut(ShareOut):
    """One case with the fields that were agreed on and what was said."""

    fields: list[FieldOut]
    messages: list[MessageOut]


class SharePage(StrictSchema):
    """A page of cases; ``after`` asks for the next one, null on the last."""

    after: UUID | None
    shares: list[ShareOut]


Words = Annotated[str, Field(min_length=1, max_length=3000, pattern=r"^[^\x00]*$")]
Number = Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]


class AcknowledgeIn(StrictSchema):
    """The case's number at the partner's, if it has one."""

    reference: Number = ""


class AnswerIn(StrictSchema):
    """What became of it; ``for_reporter`` lets whoever reported it read the answer."""

    outcome: Literal["handled", "in_hand", "passed", "not_ours"]
    text: Words
    for_reporter: bool = False


class MessageIn(StrictSchema):
    """A word to the city."""

    text: Words
