"""Tests of own domains."""
