"""Who may see an article's files: everybody what is out, editors what is within their reach."""

from typing import Any

from modules.news import rights
from modules.news.models import Article


def may_see(user: Any, article: Article) -> bool:
    """Tell whether ``user`` may see the pictures and the PDF of ``article``."""
    if article.is_out():
        return True
    own = user.is_authenticated and article.author_id == user.pk
    return rights.has(user, rights.DESK, article) or (own and user.has_perm(rights.DESK))
