"""How client secrets are stored: they are random, so a slow hash would only cost time."""

import hashlib
import secrets
from typing import Any

from django.contrib.auth.hashers import BasePasswordHasher


class RandomSecretHasher(BasePasswordHasher):
    """Salted SHA-256, for secrets of 256 random bits that nobody can guess. Never for passwords.

    Each call of the token endpoint checks one: PBKDF2 would cost half a second of the server's
    time a call, for anybody who sends a wrong secret.
    """

    algorithm = "sha256_random"

    def salt(self) -> str:
        """Return a new salt."""
        return secrets.token_hex(16)

    def encode(self, password: str, salt: str) -> str:
        """Return algorithm, salt and hash in one text."""
        found = hashlib.sha256(f"{salt}:{password}".encode()).hexdigest()
        return f"{self.algorithm}${salt}${found}"

    def decode(self, encoded: str) -> dict[str, Any]:
        """Return the parts of what :meth:`encode` gave."""
        algorithm, salt, found = encoded.split("$", 2)
        return {"algorithm": algorithm, "salt": salt, "hash": found}

    def verify(self, password: str, encoded: str) -> bool:
        """Compare without telling by time."""
        return secrets.compare_digest(self.encode(password, self.decode(encoded)["salt"]), encoded)

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Do nothing: all checks take the same time."""

    def must_update(self, encoded: str) -> bool:
        """Tell that nothing needs to be hashed anew."""
        return False
