"""Keep small counts back so that nobody can be named by them, nor worked out from the total.

A count from 1 to K - 1 is hidden, and the smallest others with it until each hidden one could as
well be K or more. Zeros are shown: they point at nobody. Source: Hundepool et al., "Statistical
Disclosure Control" (2012), chapter 4.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

K = 5

Key = TypeVar("Key", bound=Hashable)


def suppress(counts: Mapping[Key, int]) -> dict[Key, int | None]:
    """Return the counts as they may be shown beside :func:`total`; None is kept back."""
    hidden = _hidden(counts)
    return {key: None if key in hidden else value for key, value in counts.items()}


def total(counts: Mapping[Key, int]) -> int | None:
    """Return the sum, or None where it would tell what :func:`suppress` keeps back."""
    hidden = _hidden(counts)
    safe = not hidden or _hides([counts[key] for key in hidden])
    return sum(counts.values()) if safe else None


def _hidden(counts: Mapping[Key, int]) -> set[Key]:
    hidden = {key for key, value in counts.items() if 0 < value < K}
    others = sorted((key for key in counts if counts[key] >= K), key=lambda key: counts[key])
    while hidden and others and not _hides([counts[key] for key in hidden]):
        hidden.add(others.pop(0))
    return hidden


def _hides(values: list[int]) -> bool:
    """Tell whether each of these, of a known sum and at least 1, could be K or more."""
    return len(values) > 1 and sum(values) - (len(values) - 1) >= K
