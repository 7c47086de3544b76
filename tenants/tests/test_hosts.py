"""Spellings of one host."""

import pytest

from tenants.hosts import BadHostError, normalise

SAME = [
    "tangerang.localhost", "TANGERANG.localhost", "tangerang.localhost.", "Tangerang.LocalHost.",
]  # fmt: skip
BAD = [
    "", " ", ".", "..", "tangerang.localhost..", ".tangerang.localhost", "tangerang..localhost",
    "user@tangerang.localhost", "user:pw@tangerang.localhost", "tangerang.localhost@evil.id",
    "tangerang.localhost, purworejo.localhost", "tangerang.localhost purworejo.localhost",
    "tangerang.localhost:", "tangerang.localhost:0", "tangerang.localhost:65536",
    "tangerang.localhost:80a", "tangerang.localhost:-1", "tangerang.localhost:80:80",
    "tangerang.localhost/", "tangerang.localhost/x", "tangerang.localhost?x",
    "tangerang%2elocalhost", "tangerang.localhost\\", "tangerang.localhost\t",
    "tangerang.localhost\n", "tangerang.localhost\x00",
    "-tangerang.localhost", "tangerang-.localhost", "[::1", "::1", "[::g]", "[fe80::1%25eth0]",
    "[::1]80", "http://tangerang.localhost", "a" * 64 + ".id", "a." * 130 + "id", "\xff\xfe.id",
]  # fmt: skip


@pytest.mark.parametrize("raw", SAME)
def test_one_name(raw: str) -> None:
    assert str(normalise(raw)) == "tangerang.localhost"
    assert str(normalise(f"{raw}:08000")) == "tangerang.localhost:8000"


@pytest.mark.parametrize("raw", BAD)
def test_refused(raw: str) -> None:
    with pytest.raises(BadHostError):
        normalise(raw)


def test_international_names_are_one_with_their_punycode() -> None:
    typed = "Bücher.example".encode().decode("latin-1")
    assert normalise(typed) == normalise("xn--bcher-kva.EXAMPLE.")


def test_ipv6() -> None:
    assert str(normalise("[0:0:0:0:0:0:0:1]:8000")) == "[::1]:8000"
