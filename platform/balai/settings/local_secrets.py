"""A secret of this installation's own, for the demo and for tests."""

import os
import secrets
from pathlib import Path


def secret_key(state: Path) -> str:
    """Return the key kept in ``state``/secret-key, made at the first call with mode 0600."""
    path = state / "secret-key"
    state.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    key = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key
