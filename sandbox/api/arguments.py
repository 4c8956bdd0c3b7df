"""Arguments of a call, however they arrived."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from sandbox.errors import Refusal, messages
from sandbox.model import Json

_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"


@dataclass
class Request:
    """An HTTP request to `/api/METHOD`; `form` is set by the server for multipart bodies."""

    method: str
    verb: str = "POST"
    authorization: str = ""
    content_type: str = ""
    query: str = ""
    body: bytes = b""
    form: Json | None = None


@dataclass
class Arguments:
    """Values as sent: strings from forms, anything from JSON."""

    values: Json = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Given and not null."""
        return self.values.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A string; numbers are taken as written."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return str(value)
        raise Refusal("invalid_arguments", **messages(f"must provide a string [json-pointer:/{name}]"))

    def flag(self, name: str, default: bool = False) -> bool:
        """A boolean: true, "true", "1"."""
        value = self.values.get(name)
        if value is None:
            return default
        return value is True or str(value).lower() in ("1", "true", "t", "yes")

    def number(self, name: str, default: int) -> int:
        """An integer. Refusal invalid_arguments for anything else."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            wrong = messages(f"must be an integer [json-pointer:/{name}]")
            raise Refusal("invalid_arguments", **wrong) from None

    def names(self, name: str) -> list[str]:
        """A comma-separated string or a list of strings."""
        value = self.values.get(name)
        if value is None:
            return []
        parts = value if isinstance(value, list) else str(value).split(",")
        return [str(p).strip() for p in parts if str(p).strip()]

    def structure(self, name: str, bad: str = "invalid_arguments") -> Any:
        """A JSON value, itself or as a string. Refusal `bad` when the string is no JSON; None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if value.strip() == "":
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise Refusal(bad) from None


def read(request: Request, *, json_allowed: bool) -> Arguments:
    """Query and body together. Refusal for a body Slack would not read."""
    values: Json = dict(parse_qsl(request.query, keep_blank_values=True))
    warnings: list[str] = []
    if request.verb != "POST" or (not request.body and request.form is None):
        return Arguments(values)
    kind = request.content_type.split(";")[0].strip().lower()
    if not kind:
        raise Refusal("missing_post_type")
    if kind == _FORM:
        values |= _form(request.body)
    elif kind == _MULTIPART:
        if request.form is None:
            raise Refusal("invalid_form_data")
        values |= request.form
    elif kind == "application/json":
        if "charset" not in request.content_type.lower():
            warnings.append("missing_charset")
        given = _json(request.body)
        if json_allowed:
            values |= given
    else:
        raise Refusal("invalid_post_type")
    return Arguments(values, warnings)


def _form(body: bytes) -> Json:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
    except (UnicodeDecodeError, ValueError):
        raise Refusal("invalid_form_data") from None


def _json(body: bytes) -> Json:
    try:
        given = json.loads(body)
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(given, dict):
        raise Refusal("json_not_object")
    return given
