"""Runs Balai's programs on one machine: starts them, restarts what dies, ends them together."""
