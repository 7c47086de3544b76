"""Names of accounts down to the third part, as Permendagri 90/2019 gives them."""

import json
from functools import cache
from importlib.resources import files


@cache
def accounts() -> dict[str, str]:
    """Return {code: Indonesian name}; regions' files name their own accounts further down."""
    found: dict[str, str] = json.loads(files(__package__).joinpath("accounts.json").read_text())
    return found
