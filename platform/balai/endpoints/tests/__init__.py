"""Tests of what answers in which state."""
