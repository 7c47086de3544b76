"""The city's many apps behind one door: found, opened, watched, and in time fewer."""
