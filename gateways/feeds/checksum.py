"""What a content is: the same rows in any order, from any file, have the same checksum."""

import hashlib
import json

from gateways.feeds.typed import Typed
from gateways.feeds.workbench import Workbench, name


def checksum(bench: Workbench, typed: Typed) -> str:
    """SHA-256 over the columns and two sums of 64-bit hashes of the rows."""
    columns = [column.name for column in typed.stored]
    listed = ", ".join(map(name, columns))
    backward = ", ".join(map(name, reversed(columns)))
    sums = bench.rows(
        f"SELECT count(*), sum(hash({listed})::HUGEINT), bit_xor(hash({backward}, 'partsplan')) "
        f"FROM {typed.name}"
    )[0]
    content = json.dumps([typed.table.name, columns, *map(str, sums)])
    return hashlib.sha256(content.encode()).hexdigest()
