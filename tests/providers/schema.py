"""Telegram's published methods, compiled once into checks of the fields a request brings."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

Check = Callable[[Any], str | None]
Decode = Callable[[str], object]
SPEC = Path(__file__).with_name("specs") / "telegram.json"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    content: bytes


class Shape:
    """The fields an object or a method may have; called with a value, says what is wrong with it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.fields: dict[str, Check] = {}
        self.required: frozenset[str] = frozenset()

    def __call__(self, value: Any) -> str | None:
        if type(value) is not dict:
            return f"must be an object of type {self.name}"
        for key, item in value.items():
            check = self.fields.get(key)
            if check is None:
                return f"{self.name} has no field {key}"
            fault = check(item)
            if fault:
                return f"{key} {fault}"
        if not self.required <= value.keys():
            return f"{self.name} needs {', '.join(sorted(self.required - value.keys()))}"
        return None


class Method(Shape):
    """One method; form bodies bring every value as text, which `decode` reads by the field's type first."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.decoders: dict[str, Decode] = {}

    def decode(self, form: dict[str, Any]) -> dict[str, Any]:
        decoders = self.decoders
        return {
            key: decoders[key](value) if key in decoders and type(value) is str else value
            for key, value in form.items()
        }


def load_methods(path: Path = SPEC) -> dict[str, Method]:
    """The methods by name in lower case: Telegram's method names are case-insensitive."""
    spec = json.loads(path.read_text(encoding="utf-8"))
    shapes = {name: Shape(name) for name, entry in spec["types"].items() if "fields" in entry}
    for name, shape in shapes.items():
        _fill(shape, spec["types"][name]["fields"], spec["types"], shapes)
    methods = {}
    for name, entry in spec["methods"].items():
        method = methods[name.lower()] = Method(name)
        _fill(method, entry["fields"], spec["types"], shapes)
        method.decoders = {field["name"]: found for field in entry["fields"] if (found := _decoder(field["types"]))}
    return methods


def _fill(shape: Shape, fields: list[Any], types: Mapping[str, Any], shapes: Mapping[str, Shape]) -> None:
    shape.fields = {field["name"]: _any_of(field["types"], types, shapes) for field in fields}
    shape.required = frozenset(field["name"] for field in fields if field["required"])


def _any_of(names: list[str], types: Mapping[str, Any], shapes: Mapping[str, Shape]) -> Check:
    names = [sub for name in names for sub in types.get(name, {}).get("subtypes", [name])]
    if len(names) == 1:
        return _one(names[0], types, shapes)
    if all(name in shapes for name in names):
        return _closest([shapes[name] for name in names])
    return _either(names, [_one(name, types, shapes) for name in names])


def _one(name: str, types: Mapping[str, Any], shapes: Mapping[str, Shape]) -> Check:
    if name.startswith("Array of "):
        return _each(_any_of([name.removeprefix("Array of ")], types, shapes))
    return _PLAIN.get(name) or shapes[name]


def _closest(shapes: list[Shape]) -> Check:
    """Checks a value against the shape it has most fields of, so that the fault named is the one meant."""

    def check(value: Any) -> str | None:
        keys = value.keys() if type(value) is dict else set()
        return max(shapes, key=lambda shape: len(shape.fields.keys() & keys))(value)

    return check


def _either(names: list[str], checks: list[Check]) -> Check:
    def check(value: Any) -> str | None:
        return None if any(one(value) is None for one in checks) else f"must be {' or '.join(names)}"

    return check


def _each(item: Check) -> Check:
    def check(value: Any) -> str | None:
        if type(value) is not list:
            return "must be an array"
        return next((f"[{place}] {fault}" for place, one in enumerate(value) if (fault := item(one))), None)

    return check


def _plain(name: str, *kinds: type) -> Check:
    def check(value: Any) -> str | None:
        return None if type(value) in kinds else f"must be {name}"

    return check


_PLAIN: dict[str, Check] = {
    "Integer": _plain("Integer", int),
    "Float": _plain("Float", int, float),
    "String": _plain("String", str),
    "Boolean": _plain("Boolean", bool),
    "InputFile": _plain("an uploaded file", Upload),
}


def _decoder(types: list[str]) -> Decode | None:
    if "Integer" in types or "Float" in types:
        return _number
    if "Boolean" in types:
        return _boolean
    return None if types == ["String"] or "InputFile" in types else _object


def _number(text: str) -> object:
    try:
        return int(text) if "." not in text else float(text)
    except ValueError:
        return text


def _boolean(text: str) -> object:
    return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)


def _object(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
