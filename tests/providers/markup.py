"""Telegram's HTML as its own server reads it: the tag whitelist, entities in UTF-16 units, errors at byte offsets."""

import re
from dataclasses import dataclass, field

from tests.providers.entities import NAMES, Entity, particulars, units

SYMBOLS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_SPACE = " \t\r\n\v\0"
_PLAIN = re.compile(r"[^<&]+")
_SYMBOL = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|([a-zA-Z]+));?")
_NAME = re.compile(rf"[^{_SPACE}>]*")
_ATTRIBUTE = re.compile(rf"[^{_SPACE}=>]*")
_TOKEN = re.compile(r"[a-zA-Z0-9.-]*")


class MarkupError(ValueError):
    """The markup can't be read; the sentence is Telegram's."""


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    written: int
    attributes: dict[str, str] = field(default_factory=dict)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The text a person sees and its entities. Raises MarkupError as Telegram's server would answer."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.written: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            match self.source[self.at]:
                case "<" if self.source.startswith("</", self.at):
                    self._end_tag()
                case "<":
                    self._start_tag()
                case "&":
                    self._write(self._symbol())
                case _:
                    self._write(self._take(_PLAIN))
        if self.open:
            raise MarkupError(f"Can't find end tag corresponding to start tag {self.open[-1].tag}")
        return "".join(self.written), sorted(self.entities, key=lambda one: (one["offset"], -one["length"]))

    def _write(self, text: str) -> None:
        self.written.append(text)
        self.offset += units(text)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self.at)
        assert found is not None
        self.at = found.end()
        return found.group()

    def _symbol(self) -> str:
        found = _SYMBOL.match(self.source, self.at)
        text = _decoded(found) if found else ""
        self.at = found.end() if found and text else self.at + 1
        return text or "&"

    def _skip_spaces(self) -> None:
        while self._next() in _SPACE and not self._ended():
            self.at += 1

    def _next(self) -> str:
        return self.source[self.at] if not self._ended() else "\0"

    def _ended(self) -> bool:
        return self.at >= len(self.source)

    def _bytes(self, place: int) -> int:
        return len(self.source[:place].encode("utf-8", "surrogatepass"))

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._take(_NAME).lower()
        if self._ended():
            raise MarkupError(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if tag not in NAMES:
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        opened = _Open(tag, self.offset, len(self.written), self._attributes(tag, begin))
        if tag == "span" and opened.attributes.get("class") != "tg-spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self.open.append(opened)

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        self._skip_spaces()
        while self._next() != ">":
            name = self._take(_ATTRIBUTE)
            if not name:
                raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}')
            self._skip_spaces()
            found[name] = self._value(tag, name, begin)
            if self._ended():
                raise MarkupError(f"Unclosed start tag at byte offset {self._bytes(begin)}")
            self._skip_spaces()
        self.at += 1
        return found

    def _value(self, tag: str, name: str, begin: int) -> str:
        if self._next() != "=":
            if (tag, name) == ("blockquote", "expandable"):
                return name
            where = f'"{tag}" at byte offset {self._bytes(begin)}'
            raise MarkupError(f"Expected equal sign in declaration of an attribute of the tag {where}")
        self.at += 1
        self._skip_spaces()
        if self._ended():
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')
        return self._quoted() if self._next() in "'\"" else self._token()

    def _token(self) -> str:
        begin = self.at
        value = self._take(_TOKEN).lower()
        if self._next() not in _SPACE + ">":
            raise MarkupError(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
        return value

    def _quoted(self) -> str:
        quote, begin = self._next(), self.at + 1
        end = self.source.find(quote, begin)
        self.at = len(self.source) if end < 0 else end + 1
        return _SYMBOL.sub(lambda found: _decoded(found) or found.group(), self.source[begin:end])

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise MarkupError(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        self.at += 2
        tag = self._take(_NAME).lower()
        self._skip_spaces()
        if self._next() != ">":
            raise MarkupError(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self.at += 1
        opened = self.open.pop()
        if tag not in ("", opened.tag):
            wanted = f'expected "</{opened.tag}>", found "</{tag}>"'
            raise MarkupError(f"Unmatched end tag at byte offset {self._bytes(begin)}, {wanted}")
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self.offset - opened.offset
        if length <= 0:
            return
        entity = {"type": NAMES[opened.tag], "offset": opened.offset, "length": length}
        try:
            carried = particulars(opened.tag, opened.attributes, "".join(self.written[opened.written :]))
        except ValueError as fault:
            raise MarkupError(str(fault)) from fault
        if carried is not None:
            self.entities.append(entity | carried)


def _decoded(found: re.Match[str]) -> str:
    """The character a symbol stands for; empty when Telegram leaves the symbol as it is written."""
    hexadecimal, decimal, name = found.groups()
    if name:
        return SYMBOLS.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else ""
