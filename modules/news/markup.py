"""What editors type: a few marks that read well without being turned into anything.

    ## Heading          - a list        > a quotation
    **bold**  _italic_  1. steps        [words](https://address)

A blank line ends a paragraph; the bullets of word processors are bullets, too, and an address
that stands by itself is a link. Everything else is text: HTML that is typed in shows as it is.
The result passes nh3, so that a mistake here is never a hole.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import escape, unescape
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe

TAGS: Final = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br"}
SCHEMES: Final = {"http", "https", "mailto", "tel"}

_LINK = re.compile(r"\[([^\]\n]{1,300})\]\(((?:https?://|mailto:|tel:|/(?!/))[^\s()<>]{1,500})\)")
_BARE = re.compile(r"(?<![\w/@])(https?://[^\s<>\"'\ue000]{1,500}[\w/=&%#~+-])")
_LINKS = re.compile(f"{_LINK.pattern}|{_BARE.pattern}")
_PLACE = re.compile("\ue000(\\d+)\ue001")
"""Stands for a link while the marks around it are read; nobody types these two letters."""
_BOLD = re.compile(r"\*\*(?=\S)(.{1,600}?)(?<=\S)\*\*")
_ITALIC = re.compile(r"(?<![\w/])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w/])")
_ITEM = re.compile(r"[-*•·▪●◦\uf0b7\uf0a7]\s+|o\t+")  # the last three: Word's
_STEP = re.compile(r"(\d{1,3})[.)]\s+")
_QUOTE = re.compile(r"> ?")
_HEADING = re.compile(r"(#{2,3}) +(.+)")
_LISTS = ((_ITEM, "ul"), (_STEP, "ol"))


def render(text: str) -> SafeString:
    """Return the HTML of what was typed."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    html = "\n".join(part for block in blocks for part in _block(block))
    return mark_safe(clean(html))  # noqa: S308 - cleaned in this line


def clean(html: str) -> str:
    """Return ``html`` with the tags of this page only; links leave no referrer."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )


def plain(text: str) -> str:
    """Return the words alone, without marks, on one line."""
    bare = nh3.clean(render(text), tags=set())
    return " ".join(unescape(bare).split())


def printable(text: str) -> str:
    """Return the text without control characters, which XML 1.0 (section 2.2) and iCalendar
    cannot hold; lines, and the hard blanks of word processors, stay.
    """
    return "".join(
        letter
        for letter in text.replace("\t", " ")
        if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs", "Cn"}
    )


def _block(block: str) -> Iterator[str]:
    """Yield the HTML of what stands between two blank lines; headings need none around them."""
    lines: list[str] = []
    for line in block.split("\n"):
        heading = _HEADING.fullmatch(line.strip())
        if not heading:
            lines.append(line.strip())
            continue
        yield from _paragraphs(lines)
        lines = []
        level = len(heading[1])
        yield f"<h{level}>{_inline(heading[2])}</h{level}>"
    yield from _paragraphs(lines)


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield lines in a row as list, quotation or paragraph, each as long as its mark goes on."""
    rest = [line for line in lines if line]
    while rest:
        mark, tag = next(((mark, tag) for mark, tag in _LISTS if mark.match(rest[0])), (None, ""))
        if mark:
            same = _taken(rest, mark)
            items = "".join(f"<li>{_inline(mark.sub('', line, count=1))}</li>" for line in same)
            yield f"<{tag}{_start(rest[0])}>{items}</{tag}>"
        elif _QUOTE.match(rest[0]):
            same = _taken(rest, _QUOTE)
            words = "<br>".join(_inline(_QUOTE.sub("", line, count=1)) for line in same)
            yield f"<blockquote><p>{words}</p></blockquote>"
        else:
            same = _until_mark(rest)
            yield f"<p>{'<br>'.join(map(_inline, same))}</p>"
        rest = rest[len(same) :]


def _start(line: str) -> str:
    """Return where a numbered list begins: steps with blank lines between them count on."""
    step = _STEP.match(line)
    return f' start="{int(step[1])}"' if step and int(step[1]) != 1 else ""


def _taken(lines: list[str], mark: re.Pattern[str]) -> list[str]:
    end = next((at for at, line in enumerate(lines) if not mark.match(line)), len(lines))
    return lines[:end]


def _until_mark(lines: list[str]) -> list[str]:
    marks = (_ITEM, _STEP, _QUOTE)
    found = (at for at, line in enumerate(lines[1:], 1) if any(mark.match(line) for mark in marks))
    return lines[: next(found, len(lines))]


def _inline(text: str) -> str:
    """Return a line with its marks; a link's address is not looked into for others."""
    links: list[str] = []

    def keep(link: re.Match[str]) -> str:
        words = _marks(link[1]) if link[1] else escape(link[3])
        links.append(f'<a href="{escape(link[2] or link[3])}">{words}</a>')
        return f"\ue000{len(links) - 1}\ue001"

    bare = text.replace("\ue000", "").replace("\ue001", "")
    return _PLACE.sub(lambda place: links[int(place[1])], _marks(_LINKS.sub(keep, bare)))


def _marks(text: str) -> str:
    bold = _BOLD.sub(r"<strong>\1</strong>", escape(text, quote=False))
    return _ITALIC.sub(r"<em>\1</em>", bold)
