"""Reads what a form sent. Everything in it is hostile until it was read here.

A handler calls `read_form(request)` and asks for typed fields; what cannot be used raises InputRejected with
what to do, which the error page or notice shows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from urllib.parse import parse_qs
from uuid import uuid4

from python_multipart import parse_form
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File
from starlette.requests import Request

from greenroom.core.errors import InputRejected
from greenroom.core.ids import EventId, is_event_id

_MAX_FIELDS = 500
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff￾￿]")
_RELOAD = "Load the page again and send the form from there."


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields of one form, each a list of texts."""

    fields: Mapping[str, Sequence[str]]

    def has(self, name: str) -> bool:
        """True where the field came and is not blank."""
        return any(value.strip() for value in self.fields.get(name, ()))

    def text(self, name: str, *, max_chars: int = 200, label: str = "") -> str:
        """The field without outer space, with `\\n` line ends; empty where it is absent.

        Raises InputRejected where it is longer than `max_chars` or holds characters that are not text.
        """
        value = (self.fields.get(name) or ("",))[0].replace("\r\n", "\n").replace("\r", "\n").strip()
        called = label or name.replace("_", " ")
        if len(value) > max_chars:
            raise InputRejected(
                f"The field “{called}” holds {len(value):,} characters; {max_chars:,} fit.",
                hint="Shorten it and send it again.",
            )
        if _UNREADABLE.search(value):
            raise InputRejected(
                f"The field “{called}” holds bytes that are not text.",
                hint="Paste it as plain text. Nothing was saved.",
            )
        return value

    def texts(self, name: str, *, max_chars: int = 200) -> tuple[str, ...]:
        """Every value of a field that may come more than once, such as ticked boxes."""
        values = self.fields.get(name, ())
        return tuple(Form(fields={name: [value]}).text(name, max_chars=max_chars) for value in values)

    def choice(self, name: str, allowed: Sequence[str], *, default: str | None = None) -> str:
        """One of the allowed values. Raises InputRejected for any other, or none without a default."""
        value = self.text(name)
        if value in allowed:
            return value
        if not value and default is not None:
            return default
        raise InputRejected(f"Choose one of the given values for “{name.replace('_', ' ')}”.", hint=_RELOAD)

    def number(self, name: str, *, low: float, high: float, label: str = "") -> float | None:
        """A finite number in [low, high], or None where the field is empty. A comma may be the decimal sign."""
        text = self.text(name, max_chars=40, label=label)
        if not text:
            return None
        called = label or name.replace("_", " ")
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or not low <= value <= high:
            raise InputRejected(f"“{called}” has to be a number from {low:g} to {high:g}.")
        return value

    def whole(self, name: str, *, low: int, high: int, label: str = "") -> int | None:
        """A whole number in [low, high], or None where the field is empty."""
        value = self.number(name, low=low, high=high, label=label)
        if value is None:
            return None
        if value != int(value):
            raise InputRejected(f"“{label or name}” has to be a whole number.")
        return int(value)

    def day(self, name: str, *, label: str = "") -> date | None:
        """A calendar day as `2027-03-31`, or None where the field is empty."""
        text = self.text(name, max_chars=20, label=label)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise InputRejected(
                f"“{label or name}” has to be a day such as 2027-03-31.", hint="Pick it in the calendar."
            ) from None

    def event_id(self, name: str = "event_id") -> EventId:
        """The id that the form was given when it was made: sending it twice is one event."""
        text = self.text(name)
        if not is_event_id(text):
            raise InputRejected("The form came without its number.", hint=_RELOAD)
        return EventId(text)


def read_form(request: Request) -> Form:
    """The urlencoded body of a write. Raises InputRejected for anything else."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    body: bytes = request.state.body
    if kind not in {"application/x-www-form-urlencoded", ""} or (body and not kind):
        raise InputRejected("That did not come from a form.", hint=_RELOAD)
    try:
        fields = parse_qs(
            body.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except UnicodeDecodeError:
        raise InputRejected(
            "The form holds bytes that are not text.", hint="Paste plain text. Nothing was saved."
        ) from None
    except ValueError:
        raise InputRejected("The form has too many fields.", hint=_RELOAD) from None
    return Form(fields=fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with a form, and the form's other fields."""

    content: bytes
    form: Form


def read_upload(request: Request, name: str) -> Upload:
    """The file of a multipart form. Raises InputRejected where there is none, or it is empty."""
    missing = InputRejected("No file came with the form.", hint="Choose the file first, then send it.")
    body: bytes = request.state.body
    fields: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}

    def on_field(field: Field) -> None:
        fields[(field.field_name or b"").decode(errors="replace")] = [
            (field.value or b"").decode(errors="replace")
        ]

    def on_file(file: File) -> None:
        file.file_object.seek(0)
        files[(file.field_name or b"").decode(errors="replace")] = file.file_object.read()
        file.close()

    headers = {
        "Content-Type": request.headers.get("content-type", "").encode("latin-1", "replace"),
        "Content-Length": str(len(body)).encode(),
    }
    try:
        parse_form(headers, BytesIO(body), on_field, on_file)
    except FormParserError as error:
        raise missing from error
    if not files.get(name):
        raise missing
    return Upload(content=files[name], form=Form(fields=fields))


def read_query(request: Request) -> Form:
    """The fields of the address. The same rules hold: it may have been typed or sent by anyone."""
    fields: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        fields.setdefault(name, []).append(value)
    return Form(fields=fields)


def new_event_id() -> EventId:
    """A fresh id for a form's hidden field."""
    return EventId(str(uuid4()))
