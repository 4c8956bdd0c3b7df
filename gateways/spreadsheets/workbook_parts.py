"""Where the sheets of an xlsx stand, and whether its texts unfold to more than memory should hold."""

import re
from collections import Counter
from collections.abc import Iterable
from posixpath import join, normpath
from xml.etree import ElementTree

from domain.imports.problems import Reason
from gateways.spreadsheets.archive import Archive
from gateways.spreadsheets.extent import windows
from gateways.spreadsheets.limits import SHARED_STRING_BYTES
from gateways.spreadsheets.refusal import Refusal

_SMALL_PART = 1024 * 1024
_ITEM = re.compile(rb"<(?:\w+:)?si\b")
_USE = re.compile(rb"""\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})""")


def _tree(archive: Archive, name: str) -> ElementTree.Element:
    raw = archive.read(name, _SMALL_PART)
    if not raw or b"<!DOCTYPE" in raw or b"\0" in raw:
        raise Refusal(Reason.NOT_A_SPREADSHEET, "broken")
    try:
        return ElementTree.fromstring(raw)
    except ElementTree.ParseError as error:
        raise Refusal(Reason.NOT_A_SPREADSHEET, "broken") from error


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _workbook_part(archive: Archive) -> str:
    for relation in _tree(archive, "_rels/.rels"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise Refusal(Reason.NOT_A_SPREADSHEET, "broken")


def workbook_kind(archive: Archive) -> str:
    """`xlsx` or `xlsb` where this is a workbook; what else it is is refused by name."""
    if "content.xml" in archive and "mimetype" in archive:
        raise Refusal(Reason.NOT_A_SPREADSHEET, "ods")
    if any(name.startswith("index/") and name.endswith(".iwa") for name in archive.names()):
        raise Refusal(Reason.NOT_A_SPREADSHEET, "numbers")
    for folder, looks in (("word/", "docx"), ("ppt/", "pptx")):
        if any(name.startswith(folder) for name in archive.names()):
            raise Refusal(Reason.NOT_A_SPREADSHEET, looks)
    if "_rels/.rels" not in archive:
        raise Refusal(Reason.NOT_A_SPREADSHEET, "zip")
    return "xlsb" if _workbook_part(archive).casefold().endswith(".bin") else "xlsx"


def sheet_parts(archive: Archive) -> tuple[dict[str, str], bool]:
    """Sheet name to part name of an xlsx, and whether its serial dates count from 1904."""
    book = _workbook_part(archive)
    folder, _, leaf = book.rpartition("/")
    relations = _tree(archive, join(folder, "_rels", leaf + ".rels"))
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    if len(targets) != len(relations):
        raise Refusal(Reason.NOT_A_SPREADSHEET, "broken")
    parts: dict[str, str] = {}
    epoch_1904 = False
    for element in _tree(archive, book).iter():
        if _local(element) == "workbookPr":
            epoch_1904 = element.get("date1904", "0") in ("1", "true")
        elif _local(element) == "sheet":
            relation_id = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
            target = targets.get(relation_id, "")
            parts[element.get("name", "")] = normpath(
                target if target.startswith("/") else join(folder, target)
            )
    return parts, epoch_1904


def _text_lengths(chunks: Iterable[bytes]) -> list[int]:
    """Bytes of each item of the shared texts, its markup included."""
    starts: list[int] = []
    pending, offset = b"", 0
    for chunk in chunks:
        pending += chunk
        cut = max(pending.rfind(b"<"), 0)  # the last tag may be cut in two
        starts += [offset + match.start() for match in _ITEM.finditer(pending[:cut])]
        pending, offset = pending[cut:], offset + cut
    ends = [*starts[1:], offset + len(pending)]
    return [end - start for start, end in zip(starts, ends, strict=False)]


def check_texts(archive: Archive, sheet_chunks: Iterable[bytes], text_cells: int) -> None:
    """Refuse a sheet whose cells repeat long shared texts beyond the limit: each use becomes a copy."""
    name = next((n for n in archive.names() if n.endswith("sharedstrings.xml")), "")
    lengths = _text_lengths(archive.chunks(name))
    if not lengths or max(lengths) * text_cells <= SHARED_STRING_BYTES:
        return
    uses: Counter[int] = Counter()
    for window in windows(sheet_chunks):
        uses.update(int(match[1]) for match in _USE.finditer(window))
    unfolded = sum(lengths[index] * count for index, count in uses.items() if index < len(lengths))
    if unfolded > SHARED_STRING_BYTES:
        raise Refusal(Reason.TOO_LARGE, str(SHARED_STRING_BYTES), str(unfolded), "text")
