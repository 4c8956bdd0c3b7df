"""Hostile files: refused within 2 s and 150 MB; whatever is damaged never raises (reliability.md, T31)."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.gateways.spreadsheets import hostile
from tests.gateways.spreadsheets.files import STOCK, biff, compound, read, replace_part, xls, xlsb, xlsx

FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.xlsx": (hostile.bomb, "zip_bomb"),
    "lying.xlsx": (hostile.lying_bomb, "zip_bomb"),
    "entries.xlsx": (hostile.many_entries, "zip_bomb"),
    "far.xlsx": (hostile.far_cell, "too_many_rows"),
    "wide.xlsx": (lambda: hostile.far_cell("AAA190000"), "too_large"),
    "corners.xlsx": (hostile.far_corners, "too_large"),
    "disguised.xlsx": (hostile.hidden_far_cell, "too_large"),
    "nameless.xlsx": (hostile.nameless_cells, "too_large"),
    "endless.xlsx": (hostile.endless_tags, "not_a_spreadsheet"),
    "repeated.xlsx": (hostile.repeated_text, "too_large"),
    "million.xlsx": (hostile.many_rows_xlsx, "too_many_rows"),
    "million.csv": (hostile.many_rows_csv, "too_many_rows"),
    "quoted.csv": (lambda: b'"' + hostile.many_rows_csv()[:5_000_000], "not_a_spreadsheet"),
    "big.csv": (hostile.big_csv, "too_large"),
    "area.xls": (lambda: compound({"Workbook": biff([(0, ["a"] * 255), (65535, ["a"])])}), "too_large"),
    "far.xlsb": (lambda: xlsb([(0, ["a"] * 300), (150_000, ["b"])]), "too_large"),
    "noise.csv": (lambda: random.Random(1).randbytes(5_000_000), "not_a_spreadsheet"),
}


@pytest.mark.parametrize("name", FILES)
def test_hostile_files_are_refused_fast_and_small(name: str, tmp_path: Path) -> None:
    make, reason = FILES[name]
    path = tmp_path / name
    path.write_bytes(make())
    reasons, rows, seconds, megabytes = hostile.measured(path)
    assert (reasons, rows) == ([reason], 0)
    assert seconds < 2
    assert megabytes < 150


def _damage(raw: bytes, rnd: random.Random) -> bytes:
    body = bytearray(raw)
    for _ in range(rnd.randint(1, 5)):
        at = rnd.randrange(len(body))
        if rnd.random() < 0.6:
            body[at] = rnd.randrange(256)
        elif rnd.random() < 0.5:
            del body[at : at + rnd.randint(1, 20)]
        else:
            body[at : at + 4] = b"\xff\xff\xff\x7f"
    return bytes(body)


def test_damaged_files_yield_problems_and_never_raise() -> None:
    rnd = random.Random(20260301)
    rows = [STOCK, *[[f"P{i}", "W1", i * 1.5] for i in range(20)]]
    whole = xlsx(rows, ["A25:C25"])
    parts = [
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/_rels/workbook.xml.rels",
        "_rels/.rels",
    ]
    for _ in range(60):
        for raw in (
            _damage(whole, rnd),
            _damage(xls(rows), rnd),
            replace_part(whole, rnd.choice(parts), lambda b: _damage(b, rnd)),
        ):
            sheet = read(raw)
            assert sheet.rows or sheet.problems


def test_a_blank_formatted_cell_at_the_end_of_the_sheet_does_no_harm() -> None:
    def stretch(body: bytes) -> bytes:
        return body.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')

    sheet = read(replace_part(xlsx([STOCK, ["P1", "W1", 5]]), "xl/worksheets/sheet1.xml", stretch))
    assert len(sheet.rows) == 1
