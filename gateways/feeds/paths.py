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
    named = sorted(set(_named_files(tree, encoded)))
    for start, length, written, table in reversed(named):
        absolute = str(source.resolve() / written)
        replacement = name(absolute) if table else quoted(absolute)
        encoded = encoded[:start] + replacement.encode() + encoded[start + length :]
    return Located(encoded.decode(), tuple(dict.fromkeys(written for *_, written, _ in named)))


def _named_files(tree: Any, sql: bytes) -> Iterator[tuple[int, int, str, bool]]:
    """Start, length, text and whether it stands for a table, of every file name in the tree."""
    for node in _nodes(tree):
        if node.get("type") == "BASE_TABLE" and _FILE.fullmatch(node["table_name"]):
            start, written = node["query_location"], node["table_name"]
            tokens = [f"{mark}{written}{mark}".encode() for mark in ("'", '"')]
            yield from ((start, len(t), written, True) for t in tokens if sql[start:].startswith(t))
        elif node.get("type") == "FUNCTION" and _READERS.fullmatch(node["function_name"]):
            for part in _nodes(node["arguments"][:1]):
                literal = part.get("literal")
                if part.get("type") == "VALUE_CONSTANT" and literal and literal.get("kind") == "STRING":
                    yield part["query_location"], part["query_location_length"], literal["text"], False


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
