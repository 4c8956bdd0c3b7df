"""Where a mapping's SQL names files: relative names are the source folder's, whatever this process's own folder is.

DuckDB looks into the process's folder first and only then elsewhere, and its fence knows absolute names only. Its own
parser says where the names stand; they are replaced there and nowhere else, so that `'orders.csv' AS _file` stays.
"""

import json
import re
from collections.abc import Iterator
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


def _named_files(node: Any, sql: bytes) -> Iterator[tuple[int, int, str, bool]]:
    """Start, length, text and whether it stands for a table, of every file name in the tree."""
    if isinstance(node, list):
        for child in node:
            yield from _named_files(child, sql)
    elif isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and _FILE.fullmatch(node.get("table_name", "")):
            start = node["query_location"]
            written = node["table_name"]
            for quote in ("'", '"'):
                token = f"{quote}{written}{quote}".encode()
                if sql[start:].startswith(token):
                    yield start, len(token), written, True
        if node.get("type") == "FUNCTION" and _READERS.fullmatch(node.get("function_name", "")):
            first = node.get("arguments", node.get("children", []))[:1]
            yield from _literals(first)
        for child in node.values():
            yield from _named_files(child, sql)


def _literals(node: Any) -> Iterator[tuple[int, int, str, bool]]:
    if isinstance(node, list):
        for child in node:
            yield from _literals(child)
    elif isinstance(node, dict):
        literal = node.get("literal")
        if (
            node.get("type") == "VALUE_CONSTANT"
            and isinstance(literal, dict)
            and literal.get("kind") == "STRING"
        ):
            yield node["query_location"], node["query_location_length"], literal["text"], False
        for child in node.values():
            yield from _literals(child)
