"""Telegram's HTML: what is read, and the sentence for what can't be."""

import pytest

from tests.providers.entities import Entity
from tests.providers.markup import MarkupError, parse_html


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("Good morning", "Good morning", []),
        ("2 > 1 & &copy; &lt;b&gt; &#128075; &#x1F44B;", "2 > 1 & &copy; <b> 👋 👋", []),
        ("🤒 <b>Noor</b>", "🤒 Noor", [{"type": "bold", "offset": 3, "length": 4}]),
        ("<B>a</b><i></i>", "a", [{"type": "bold", "offset": 0, "length": 1}]),
        (
            "<b>a<i>b</i></b>",
            "ab",
            [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 1}],
        ),
        (
            '<a href="https://x.example/?a=1&amp;b=2">go</a>',
            "go",
            [{"type": "text_link", "offset": 0, "length": 2, "url": "https://x.example/?a=1&b=2"}],
        ),
        ('<a href="http://localhost">go</a>', "go", []),
        ("<blockquote expandable>a</blockquote>", "a", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        ('<span class="tg-spoiler">a</span>', "a", [{"type": "spoiler", "offset": 0, "length": 1}]),
        ("<u>a</>", "a", [{"type": "underline", "offset": 0, "length": 1}]),
    ],
)
def test_read(source: str, text: str, entities: list[Entity]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("<b>Noor", "Can't find end tag corresponding to start tag b"),
        ("Noor</b>", "Unexpected end tag at byte offset 4"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("é <p>a</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("3 < 4", 'Unsupported start tag "" at byte offset 2'),
        ("I <3 you", 'Unsupported start tag "3" at byte offset 2'),
        ("ok <3", "Unclosed start tag at byte offset 3"),
        ("<b>a</b   ", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("a<br>b", 'Unsupported start tag "br" at byte offset 1'),
    ],
)
def test_refused(source: str, sentence: str) -> None:
    with pytest.raises(MarkupError) as fault:
        parse_html(source)
    assert str(fault.value) == sentence
