"""Reading an answer: a button, a number, a word of the choice, or free words where the question takes them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from bot.conversation import Answer, Question, Unclear
from nursery.folding import fold

MARKS = " .,!?;:\"'()؟،۔¿¡…-"
"""What the beginning and the end of words are freed of."""


class Changed(Exception):
    """A number or a button whose choice is no longer among what is asked: it is asked again instead."""


def normalise(text: str) -> str:
    """Words as they are compared: case, composition, spaces, digits of any script and the end's marks aside."""
    if text.isascii():  # most are, and then nothing else can be in it
        return " ".join(text.casefold().split()).strip(MARKS)
    folded = unicodedata.normalize("NFKC", text).replace("İ", "i").replace("I", "i").casefold()
    kept = "".join(c for c in folded if unicodedata.category(c) not in {"Cf", "Mn"} or c == "\u200c")
    digits = "".join(str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else c for c in kept)
    return " ".join(digits.split()).strip(MARKS)


def bare_number(text: str) -> int | None:
    """The number a message is, when it is nothing else ("2", "٢", "2.", "nr 2" is not)."""
    word = normalise(text)
    return int(word) if word.isdecimal() and len(word) <= 3 else None


def as_asked(
    question: Question, answer: Answer, offered: Sequence[Any], plain: Callable[[str], str] = normalise
) -> Answer:
    """The answer, with a number made the choice that it stood for when it was asked; words stay as they are.

    `offered` is what was asked: the question's name and the keys of its choices; empty where that is not known. Raises
    Changed when that choice, or that question, is no longer there.
    """
    now = [choice.key for choice in question.choices]
    if answer.choice and question.choices and answer.choice not in now:
        raise Changed
    number = bare_number(answer.text)
    number = bare_number(plain(answer.text)) if number is None and now else number
    if answer.choice or number is None or not offered:
        return answer
    name, keys = offered
    if name != question.name:
        raise Changed
    if 1 <= number <= len(keys):
        if keys[number - 1] not in now:
            raise Changed
        return Answer(choice=keys[number - 1], inbound_id=answer.inbound_id)
    if 1 <= number <= len(now):
        raise Changed
    return answer


def read(question: Question, answer: Answer, plain: Callable[[str], str] = normalise) -> Any:
    """The value of an answer to a question, as it will be kept; `plain` takes courtesies from words ("2, thank you").
    Raises Unclear when it is none."""
    key = chosen(question, answer, plain)
    if key is not None:
        return key if question.read is None else question.read(Answer(choice=key, inbound_id=answer.inbound_id))
    if question.read is None:
        raise Unclear
    return question.read(answer)


def chosen(question: Question, answer: Answer, plain: Callable[[str], str] = normalise) -> str | None:
    """The key of the choice that was meant by button, number or word; None when none was. Words are taken as they
    stand, then without their courtesies and the labels' own, if `plain` takes them away ("yes please"), then without
    the accents that many a keyboard has none of."""
    if answer.choice:
        return answer.choice if any(choice.key == answer.choice for choice in question.choices) else None
    for simply in dict.fromkeys((normalise, plain, _bare)):
        key = _meant(question, answer.text, simply)
        if key is not None:
            return key
    return None


def _bare(text: str) -> str:
    return fold(normalise(text))


def _meant(question: Question, text: str, simply: Callable[[str], str]) -> str | None:
    said = simply(text) if question.choices else ""
    number = bare_number(said)
    if number is not None and 1 <= number <= len(question.choices):
        return question.choices[number - 1].key
    for choice in question.choices if said else ():
        if said in {simply(word) for word in (choice.label, *choice.words)}:
            return choice.key
    return None
