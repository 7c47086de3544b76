"""An encrypted stream: blocks of AES-256-GCM that cannot be cut off, swapped or changed unseen.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce is a random prefix,
the block's number, and whether it is the last one.
"""

import os
import struct
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC: Final = b"BALAIBK1"
PREFIX: Final = 7
BLOCK: Final = 256 * 1024
TAG: Final = 16


class Unreadable(ValueError):  # noqa: N818  # it reads as what happened
    """Raised for a file that another key made, or that was altered or cut off."""


class BoxWriter:
    """A file to write to; what lies behind it is encrypted block by block."""

    def __init__(self, out: IO[bytes], key: bytes, head: bytes) -> None:
        self.out, self.cipher, self.head = out, AESGCM(key), head
        self.prefix, self.number, self.rest = os.urandom(PREFIX), 0, b""
        out.write(MAGIC + struct.pack(">I", len(head)) + head + self.prefix)

    def write(self, data: bytes) -> int:
        """Write; whole blocks leave at once."""
        self.rest += data
        while len(self.rest) > BLOCK:
            self._block(self.rest[:BLOCK], last=False)
            self.rest = self.rest[BLOCK:]
        return len(data)

    def close(self) -> None:
        """Write the last block and flush everything to the disk."""
        self._block(self.rest, last=True)
        self.out.flush()
        os.fsync(self.out.fileno())

    def _block(self, data: bytes, *, last: bool) -> None:
        nonce = _nonce(self.prefix, self.number, last)
        self.out.write(self.cipher.encrypt(nonce, data, self.head))
        self.number += 1


class BoxReader:
    """Reads what :class:`BoxWriter` wrote; the head is bound to each block."""

    def __init__(self, source: IO[bytes], key: bytes) -> None:
        self.head = read_head(source)
        self.source, self.cipher = source, AESGCM(key)
        self.prefix, self.number, self.rest = source.read(PREFIX), 0, b""
        self.ahead, self.ended = source.read(BLOCK + TAG), False

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes.

        Raises:
            Unreadable: for a block that is not what was written there.
        """
        while not self.ended and (size < 0 or len(self.rest) < size):
            self._block()
        if size < 0:
            size = len(self.rest)
        out, self.rest = self.rest[:size], self.rest[size:]
        return out

    def drain(self) -> None:
        """Read to the end, so that one that was cut off or lengthened shows.

        Raises:
            Unreadable: when the last block is not the one that was written last.
        """
        while not self.ended:
            self._block()
            self.rest = b""

    def _block(self) -> None:
        data, self.ahead = self.ahead, self.source.read(BLOCK + TAG)
        self.ended = not self.ahead
        nonce = _nonce(self.prefix, self.number, self.ended)
        try:
            self.rest += self.cipher.decrypt(nonce, data, self.head)
        except (InvalidTag, ValueError) as error:
            raise Unreadable("another key made this file, or it was altered or cut") from error
        self.number += 1


def read_head(source: IO[bytes]) -> bytes:
    """Return what stands in the clear at the beginning of a file.

    Raises:
        Unreadable: for any other file.
    """
    if source.read(len(MAGIC)) != MAGIC:
        raise Unreadable("this is no backup of a region")
    [length] = struct.unpack(">I", source.read(4))
    return source.read(length)


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)
