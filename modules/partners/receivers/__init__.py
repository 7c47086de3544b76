"""What happens elsewhere and here, and what follows from it."""

from modules.partners.receivers import accounts, cases, clocks, delegates, notices  # noqa: F401  # they register
