"""Tests of a region's life."""
