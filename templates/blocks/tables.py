"""Tables: cells that are never empty, rows of equal length."""

from collections.abc import Sequence
from decimal import Decimal

from templates.blocks import limits
from templates.blocks.limits import Block, BlockLimit, Element, within
from templates.text import plain

Cell = Element
NOTHING = "–"


def text_cell(text: str) -> Cell:
    """A cell of words; one in which nothing would be seen becomes a dash."""
    shown = text if plain(text).strip() else NOTHING
    return {"type": "raw_text", "text": limits.raw("cell.text", shown, limits.CELL)}


def number_cell(value: Decimal | int | None, text: str) -> Cell:
    """A cell sorted by `value` and read as `text`; without a value it is a cell of words."""
    if value is None:
        return text_cell(text)
    return {"type": "raw_number", "value": json_number(value), "text": limits.raw("cell.text", text, 100)}


def json_number(value: Decimal | int) -> int | float:
    """A number as JSON can hold it: whole where it is whole."""
    return int(value) if value == int(value) else float(value)


def table(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Block:
    """A table with its head as the first row: names at the left, numbers in columns at the right."""
    made = _rows("table", head, rows, limits.TABLE_ROWS)
    within("table.characters", _characters(made), limits.TABLE_CHARACTERS)
    columns = [{"align": "left" if at == 0 else "right", "is_wrapped": at == 0} for at in range(len(head))]
    return {"type": "table", "column_settings": columns, "rows": made}


def data_table(
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    page_size: int = 5,
    row_header: int = 0,
) -> Block:
    """A table that can be sorted and paged, with a caption for who cannot see it."""
    within("data_table.rows", len(rows), limits.TABLE_ROWS)
    within("data_table.page_size", page_size, 100)
    made = _rows("data_table", head, rows, limits.TABLE_ROWS + 1)
    within("data_table.characters", _characters(made), limits.DATA_TABLE_CHARACTERS)
    return {
        "type": "data_table",
        "caption": limits.raw("data_table.caption", caption, limits.SECTION),
        "page_size": page_size,
        "row_header_column_index": row_header,
        "rows": made,
    }


def _rows(field: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], most: int) -> list[list[Cell]]:
    within(f"{field}.columns", len(head), limits.TABLE_COLUMNS)
    within(f"{field}.rows", len(rows) + 1, most)
    for number, row in enumerate(rows):
        if len(row) != len(head):
            raise BlockLimit(f"{field}.rows[{number}]", len(row), len(head))
    return [[text_cell(word) for word in head], *([*row] for row in rows)]


def _characters(rows: Sequence[Sequence[Cell]]) -> int:
    return sum(len(cell.get("text", "")) for row in rows for cell in row)
