"""What is stored of news."""

from modules.news.models.article import Article as Article, Picture as Picture, Revision as Revision
from modules.news.models.source import Feed as Feed, FeedItem as FeedItem
