"""Where a mapping's SQL names files: relative names are the source folder's, whatever this process's own
folder is.

DuckDB looks into the process's folder first and only then elsewhere, and its fence knows absolute names only.
Its own parser says where the names stand; they are replaced there and nowhere else, so that `'orders.csv' AS
_file` stays.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gateways.feeds.workbench import Workbench, name, quoted

_READERS = re.compile(r"read_\w+|glob|parquet_\w+|sniff_csv")
_FILE = re.compile(r".+\.(csv|tsv|txt|parquet|json|ndjson|jsonl)(\.gz|\.zst)?", re.IGNORECASE)


class NotOneSelect(ValueError):
    """The file holds something else than a single SELECT; the text is DuckDB's."""


@dataclass(frozen=True, slots=True)
class Located:
    """A mapping's SQL with absolute names, and the names as they were written."""

    sql: str
    files: tuple[str, ...]


def locate(bench: Workbench, sql: str, source: Path) -> Located:
    """Resolve the file names in one SELECT. Raises NotOneSelect."""
    tree = json.loads(bench.value("SELECT json_serialize_sql(?::VARCHAR)", [sql]))
    if tree["error"]:
        raise NotOneSelect(tree["error_message"])
    if len(tree["statements"]) != 1:
        raise NotOneSelect(f"{len(tree['statements'])} statements")
    encoded = sql.encode()
    edits = list(_edits(tree, encoded, source.resolve()))
    for edit in sorted(edits, key=lambda e: (e.start, e.length), reverse=True):
        encoded = encoded[: edit.start] + edit.text.encode() + encoded[edit.start + edit.length :]
    return Located(encoded.decode(), tuple(dict.fromkeys(e.file for e in edits if e.file)))


@dataclass(frozen=True, slots=True)
class _Edit:
    """Bytes of the SQL to replace; `file` is the name that stood there."""

    start: int
    length: int
    text: str
    file: str = ""


def _edits(tree: Any, sql: bytes, source: Path) -> Iterator[_Edit]:
    for node in _nodes(tree):
        if node.get("type") == "BASE_TABLE" and _FILE.fullmatch(node["table_name"]):
            start, written = node["query_location"], node["table_name"]
            for token in (f"{mark}{written}{mark}".encode() for mark in ("'", '"')):
                if sql[start:].startswith(token):
                    yield _Edit(start, len(token), name(str(source / written)), written)
        elif node.get("type") == "FUNCTION" and _READERS.fullmatch(node["function_name"]):
            yield from _edits_of_reader(node["function_name"], node["arguments"], source)


def _edits_of_reader(function: str, arguments: list[Any], source: Path) -> Iterator[_Edit]:
    for part in _nodes(arguments[:1]):
        literal = part.get("literal")
        if part.get("type") == "VALUE_CONSTANT" and literal and literal.get("kind") == "STRING":
            written = literal["text"]
            path = quoted(str(source / written))
            yield _Edit(part["query_location"], part["query_location_length"], path, written)
    options = {column for node in _nodes(arguments[1:]) for column in node.get("column_names", ())}
    if arguments and function in ("read_csv", "read_csv_auto") and "skip" not in options:
        # Left to itself, DuckDB takes a line with too many fields for the header and forgets what was before it.
        first = arguments[0]["expression"]
        yield _Edit(first["query_location"] + first["query_location_length"], 0, ", skip = 0")


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object in the tree."""
    children: Iterable[Any] = ()
    if isinstance(tree, dict):
        yield tree
        children = tree.values()
    elif isinstance(tree, list):
        children = tree
    for child in children:
        yield from _nodes(child)
