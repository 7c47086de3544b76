"""Figures a region lets its province see: consent per figure, copies at the platform."""
