"""What happens after something happened to an article; one file for each who is told."""

from modules.news.receivers import authors, push, sources

__all__ = ["authors", "push", "sources"]
