"""The provider's pages: the protocol, consent, the console, and a person's own apps."""
