"""Bring a message to its channel and write down how it went."""
