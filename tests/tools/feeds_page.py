"""The tables of docs/feeds.md, from the code: `python -m tests.tools.feeds_page` writes them anew."""

from pathlib import Path

from domain.imports.tables import TABLES, Column, Kind, Table

PAGE = Path(__file__).resolve().parents[2] / "docs" / "feeds.md"
MARK = "<!-- tables: written by tests/tools/feeds_page.py -->"
KINDS = {
    Kind.CODE: "code",
    Kind.TEXT: "text",
    Kind.EMAIL: "e-mail",
    Kind.INTEGER: "whole number",
    Kind.QUANTITY: "quantity, 4 decimals",
    Kind.MONEY: "amount, 4 decimals",
    Kind.DATE: "date",
    Kind.MONTH: "first day of a month",
    Kind.CURRENCY: "ISO 4217",
    Kind.LOCALE: "en, zh-Hant, zh-Hans",
    Kind.TIMEZONE: "IANA zone",
    Kind.CHOICE: "one of",
    Kind.LIST: "list, by semicolons",
}


def tables() -> str:
    """Every canonical table as markdown."""
    return "\n\n".join(_table(table) for table in TABLES) + "\n"


def _table(table: Table) -> str:
    lines = [f"### `{table.name}`", "", f"Key: {', '.join(f'`{k}`' for k in table.key)}.", ""]
    lines += ["| Column | Holds | |", "|---|---|---|"]
    return "\n".join(lines + [_row(column) for column in table.columns])


def _row(column: Column) -> str:
    holds = KINDS[column.kind]
    if column.choices:
        holds += ": " + ", ".join(column.choices)
    about = [
        "required" if column.required else "",
        f"a row of `{column.references}`" if column.references else "",
        "may be negative" if column.negative else "",
        column.help,
    ]
    return f"| `{column.name}` | {holds} | {'; '.join(part for part in about if part)} |"


def page() -> str:
    """The page with its tables as the code has them now."""
    before = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    return f"{before}{MARK}\n\n{tables()}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
