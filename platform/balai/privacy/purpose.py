"""What a part of the system does with personal data: one declaration a purpose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from balai.modules.manifest import type_str
from balai.privacy.law import Basis

if TYPE_CHECKING:
    from balai.privacy.person import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """A purpose of processing (UU PDP articles 5, 21 and 31), as its part declares it.

    Attributes:
        slug: "<part>.<purpose>": the ledger and the records name it so for ever.
        label, text: its name, and in one or two sentences what is done and why.
        basis: the legal basis; ``law`` names the other law that a duty or a task stands in.
        data: what kinds of data, in words.
        models: "app.Model" of every table it keeps data of persons in.
        retention: how long, in words.
        recipients: who else learns of it; none when nobody outside the region's offices does.
        version: of the text that is consented to; a new text is a new version.
        consequence: what a withdrawal ends, told before it is done.
        active: whether the person's consent is in use now, by what is stored.
        withdraw: ends the use, in the caller's transaction.
        retain: removes what is older than ``retention`` and returns how many rows those were;
            None where the part has a job of its own (``swept_by``) or keeps nothing for a time.
        swept_by: the periodic task of the part that applies ``retention`` already.
    """

    slug: str
    label: type_str
    text: type_str
    basis: Basis
    data: Sequence[type_str]
    models: Sequence[str]
    retention: type_str
    law: type_str = ""
    recipients: Sequence[type_str] = ()
    version: str = ""
    consequence: type_str = ""
    active: "Callable[[Person], bool] | None" = None
    withdraw: "Callable[[Person], None] | None" = None
    retain: Callable[[datetime], int] | None = None
    swept_by: str = ""

    def __post_init__(self) -> None:
        if self.by_consent and not (self.version and self.consequence and self.withdraw):
            raise ValueError(f"{self.slug}: a consent needs version, consequence and withdraw")

    @property
    def by_consent(self) -> bool:
        """Whether it may be withdrawn (article 9)."""
        return self.basis == Basis.CONSENT
