"""What a button of the desk is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise

from modules.complaints.models import Complaint

Run = Callable[[Complaint, Any, dict[str, Any], forms.Form | None], object]
Fits = Callable[[Complaint], bool]


@dataclass(frozen=True, slots=True)
class Action:
    """A button. ``form`` is asked first where there is one; ``moves`` are its workflow moves.

    ``fits`` says for which reports it stands there beyond what the moves allow. Who has the right
    ``unless`` has a better button.
    """

    name: str
    label: str | Promise
    icon: str
    key: str
    permission: str
    run: Run
    moves: tuple[str, ...] = ()
    form: type[forms.Form] | None = None
    primary: bool = False
    done: str | Promise = ""
    fits: Fits | None = None
    unless: str = ""

    @property
    def asks(self) -> bool:
        """Tell whether a form comes first; templates would call the form class itself."""
        return self.form is not None
