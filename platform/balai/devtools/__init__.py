"""Chores of people who work on Balai itself."""
