"""What a button of an incident's page is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from modules.emergency.scene import Scene

if TYPE_CHECKING:
    from modules.emergency.incident_forms import SceneForm

Run = Callable[[Scene, Any], str | Promise | None]
"""Carries it out with the valid form (None where nothing is asked); returns what to say."""


@dataclass(frozen=True, slots=True)
class Action:
    """A button. ``form`` is made from the scene and asked first, where there is one.

    ``moves`` are moves of the workflow, one of which must be possible; ``fits`` says what else
    must hold. ``listed`` is False for what is reached from a unit or a row of the record.
    """

    name: str
    label: str | Promise
    icon: str
    run: Run
    fits: Callable[[Scene], bool]
    form: type["SceneForm"] | None = None
    moves: tuple[str, ...] = ()
    key: str = ""
    primary: bool = False
    danger: bool = False
    listed: bool = True
    explains: str | Promise = ""

    @property
    def asks(self) -> bool:
        """Whether a form comes first; templates would call the form class itself."""
        return self.form is not None
