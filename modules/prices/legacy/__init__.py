"""Prices of older systems: what their tables hold, and what their words mean here."""
