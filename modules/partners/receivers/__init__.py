"""What happens elsewhere and here, and what follows from it."""

from modules.partners.receivers import cases, clocks, notices  # noqa: F401  # they register
