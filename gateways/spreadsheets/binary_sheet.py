"""The records of an .xlsb worksheet part (MS-XLSB): its rectangle, before calamine builds it."""

import struct
from collections.abc import Iterable

from domain.imports.problems import Reason
from gateways.spreadsheets.extent import Extent
from gateways.spreadsheets.refusal import Refusal

_ROW_HEADER = 0
_FILLED_CELLS = range(2, 12)  # BrtCellRk to BrtFmlaError; 1 is a blank one
_ERROR_CELLS = (3, 11)
_RECORDS = 3_000_000


def _variable(raw: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in 7-bit groups and the offset after it."""
    value = 0
    for shift in range(most):
        byte = raw[at]
        value |= (byte & 0x7F) << (7 * shift)
        at += 1
        if not byte & 0x80:
            break
    return value, at


def measure_binary(chunks: Iterable[bytes]) -> Extent:
    """Read a worksheet part of an .xlsb; raises `Refusal` for what must not be loaded."""
    raw, extent = b"".join(chunks), Extent()
    at = row = records = 0
    try:
        while at < len(raw):
            kind, at = _variable(raw, at, 2)
            length, at = _variable(raw, at, 4)
            records += 1
            if records > _RECORDS:
                raise Refusal(Reason.TOO_LARGE, str(_RECORDS), str(records), "cells")
            if kind == _ROW_HEADER:
                row = struct.unpack_from("<I", raw, at)[0]
            elif kind in _FILLED_CELLS:
                column = struct.unpack_from("<I", raw, at)[0]
                extent.cover(row, column)
                if kind in _ERROR_CELLS:
                    extent.errors[row, column] = "#N/A"
            at += length
    except (struct.error, IndexError) as error:
        raise Refusal(Reason.NOT_A_SPREADSHEET, "broken") from error
    return extent
