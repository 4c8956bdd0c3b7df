"""Makers of hostile files, and a subprocess that measures what refusing one of them costs."""

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

from tests.gateways.spreadsheets.files import STOCK, replace_part, xlsx

ROOT = Path(__file__).parents[3]
_CODE = """
import datetime, json, pathlib, re, sys, time
from gateways.spreadsheets.reader import read_spreadsheet
read_spreadsheet(b"a,b\\n1,2\\n", "warm.csv", today=datetime.date(2026, 3, 1))
def peak():
    return int(re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
before = peak()
began = time.perf_counter()
sheet = read_spreadsheet(sys.argv[1], sys.argv[2], today=datetime.date(2026, 3, 1))
took = time.perf_counter() - began
grown = peak() - before
print(json.dumps([[p.reason.value for p in sheet.problems], len(sheet.rows), took, grown]))
"""


def measured(path: Path) -> tuple[list[str], int, float, float]:
    """Reasons, rows read, seconds and extra megabytes of reading the file in a fresh process."""
    command = [sys.executable, "-c", _CODE, str(path), path.name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    reasons, rows, took, grown = json.loads(done.stdout)
    return reasons, rows, took, grown


def _sheet_part(raw: bytes, body: bytes) -> bytes:
    return replace_part(raw, "xl/worksheets/sheet1.xml", lambda _: body)


def bomb() -> bytes:
    """A sheet of 300 MB in 300 kB."""
    return _sheet_part(xlsx([STOCK]), b"<worksheet><sheetData>" + b" " * 300_000_000)


def lying_bomb() -> bytes:
    """The same, but the directory says that the sheet has 1,000 bytes."""
    raw = bytearray(_sheet_part(xlsx([STOCK]), b"<worksheet>" + b" " * 200_000_000))
    name = b"xl/worksheets/sheet1.xml"
    checksum = zlib.crc32((b"<worksheet>" + b" " * 1000)[:1000])
    for magic, at_crc, at_name in ((b"PK\x03\x04", 14, 30), (b"PK\x01\x02", 16, 46)):
        start = raw.find(magic)
        while raw[start + at_name : start + at_name + len(name)] != name:
            start = raw.find(magic, start + 1)
        struct.pack_into("<I", raw, start + at_crc, checksum)
        struct.pack_into("<I", raw, start + at_crc + 8, 1000)
    return bytes(raw)


def far_cell(reference: str = "XFD1048576") -> bytes:
    """A 5 kB workbook with a cell far out: a dense grid of it takes 550 GB and aborts the process."""
    rows = "".join(
        f'<row r="{i}"><c r="A{i}"><v>2</v></c><c r="{reference}"><v>1</v></c></row>' for i in (1, 2)
    )
    return _sheet_part(xlsx([STOCK]), f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode())


def far_corners() -> bytes:
    """Neither cell is far alone: A199999 and ZZ1 span 140 million cells, 3 MB apart and out of order."""
    tall = b'<row r="1"><c r="A199999"><v>1</v></c>' + b'<c r="B1" s="1"/>' * 200_000 + b"</row>"
    wide = b'<row r="2"><c r="ZZ1"><v>1</v></c></row>'
    body = b"<worksheet><sheetData>" + tall + wide + b"</sheetData></worksheet>"
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx([STOCK]))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target,
    ):
        for info in source.infolist():
            target.writestr(
                info.filename, body if info.filename.endswith("sheet1.xml") else source.read(info)
            )
    return out.getvalue()


def repeated_text() -> bytes:
    """One shared text of 1 MB that 4,000 cells show: 4 GB once it is copied into each."""
    cells = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 4001))
    raw = _sheet_part(xlsx([STOCK]), f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode())
    text = "".join(chr(97 + i * i % 26) + str(i) for i in range(180_000))
    with zipfile.ZipFile(io.BytesIO(raw)) as opened:
        names = opened.namelist()
    shared = f"<sst><si><t>{text}</t></si></sst>".encode()
    if "xl/sharedStrings.xml" in names:
        return replace_part(raw, "xl/sharedStrings.xml", lambda _: shared)
    out = io.BytesIO(raw)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", shared)
    return out.getvalue()


def many_rows_xlsx() -> bytes:
    """A million short rows, within the size limits."""
    import random

    rnd = random.Random(1)
    body = io.BytesIO()
    body.write(b"<worksheet><sheetData>")
    for i in range(1, 1_000_001):
        body.write(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (i, i, rnd.randrange(10)))
    body.write(b"</sheetData></worksheet>")
    return _sheet_part(xlsx([STOCK]), body.getvalue())


def many_entries() -> bytes:
    """A zip of 20,000 empty files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"")
    return out.getvalue()


def many_rows_csv() -> bytes:
    """A million rows of CSV in 12 MB."""
    return "料号,仓库,数量\n".encode() + b"P1,W1,12345\n" * 1_000_000


def big_csv() -> bytes:
    """50 MB of CSV."""
    return b"P1,W1,12345,abcdefghijklmnopqrstuvwxyz0123456789abcdef\n" * 1_000_000


def hidden_far_cell() -> bytes:
    """A far cell behind a raw > inside an attribute, and another that pretends to be blank."""
    rows = b"""<row r="1"><c s=">" r="A1"><v>1</v></c><c r="XFD1" s="/>"><v>1</v></c></row>
    <row r="2"><c s=">" r="A190000"><v>1</v></c></row>"""
    return _sheet_part(xlsx([STOCK]), b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")


def nameless_cells() -> bytes:
    """Cells without references: 16,000 in row 1, one in row 190,000."""
    rows = b'<row r="1">' + b"<c><v>1</v></c>" * 16_000 + b'</row><row r="190000"><c><v>1</v></c></row>'
    return _sheet_part(xlsx([STOCK]), b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")


def endless_tags() -> bytes:
    """Tags that never close: a careless pattern reads the rest of the part for each of them."""
    body = b"".join(b'<c r="A%d" t="e" x%d<row <f' % (i, i * 7919) for i in range(100_000))
    return _sheet_part(xlsx([STOCK]), b"<worksheet><sheetData>" + body)
