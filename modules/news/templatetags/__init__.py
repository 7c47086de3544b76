"""Template tags of the news module."""
