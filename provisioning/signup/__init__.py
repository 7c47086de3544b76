"""Signing a region up: proving the e-mail address and filling in the order."""
