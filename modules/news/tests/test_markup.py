"""What editors type becomes a few tags, whatever they type."""

import re
import time

import pytest
from hypothesis import given, settings, strategies

from modules.news import markup

ATTACKS = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    '[x](https://a.test/"onmouseover="alert(1))',
    "**<img src=x onerror=alert(1)>**",
    "> <iframe src=//evil.test></iframe>",
    "[<svg onload=alert(1)>](https://a.test)",
    "## <style>*{}</style>",
    "[x](//evil.test/a)",
)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("Satu\ndua\n\ntiga", "<p>Satu<br>dua</p>\n<p>tiga</p>"),
        ("## Judul\nteks", "<h2>Judul</h2>\n<p>teks</p>"),
        ("Daftar:\n- a\n- b\nlalu", "<p>Daftar:</p>\n<ul><li>a</li><li>b</li></ul>\n<p>lalu</p>"),
        ("1. a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("> kata\n> dia", "<blockquote><p>kata<br>dia</p></blockquote>"),
        ("**tebal** dan _miring_", "<p><strong>tebal</strong> dan <em>miring</em></p>"),
        ("a_b_c 2 * 3 ** 4", "<p>a_b_c 2 * 3 ** 4</p>"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        (
            "[PPID](https://p.test/a_b_c?x=1&y=2)",
            '<p><a href="https://p.test/a_b_c?x=1&amp;y=2" rel="noopener noreferrer">PPID</a></p>',
        ),
        ("3. c\n4. d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("•\tsatu\n\uf0b7\tdua\no\ttiga", "<ul><li>satu</li><li>dua</li><li>tiga</li></ul>"),
        (
            "Lihat https://p.test/a_b_?x=1&y=2. (https://p.test)",
            '<p>Lihat <a href="https://p.test/a_b_?x=1&amp;y=2" rel="noopener noreferrer">'
            "https://p.test/a_b_?x=1&amp;y=2</a>. "
            '(<a href="https://p.test" rel="noopener noreferrer">https://p.test</a>)</p>',
        ),
        (
            "**[tebal](https://p.test)**",
            '<p><strong><a href="https://p.test" rel="noopener noreferrer">tebal</a></strong></p>',
        ),
        ("\ue0000\ue001", "<p>0</p>"),
        ("[sini](/news/)", '<p><a href="/news/" rel="noopener noreferrer">sini</a></p>'),
    ],
)
def test_marks(typed: str, seen: str) -> None:
    assert markup.render(typed) == seen


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_typed_becomes_active(attack: str) -> None:
    html = markup.render(attack)
    for dangerous in (
        "<script",
        "<img",
        "<iframe",
        "<svg",
        "<style",
        'href="javascript',
        'href="//',
    ):
        assert dangerous not in html
    assert not re.search(r"<[^>]*onmouse", html)


def test_marks_that_never_end_cost_nothing() -> None:
    began = time.thread_time()
    for typed in ("**a " * 7500, "[a" * 15_000, "_a " * 10_000, "https://a" * 3000):
        markup.render(typed)
    assert time.thread_time() - began < 2


def test_only_control_letters_are_dropped() -> None:
    assert markup.printable("Rp\xa05.000\tdan\x07\n\ud800x") == "Rp\xa05.000 dan\nx"


@settings(max_examples=60, deadline=None)
@given(strategies.text(alphabet="ab *_#>-1.[]()<&\"'/\n:hts", max_size=60))
def test_whatever_is_typed_stays_what_nh3_lets_through(typed: str) -> None:
    html = markup.render(typed)
    assert markup.clean(html) == html
    assert "\n" not in markup.plain(typed)
