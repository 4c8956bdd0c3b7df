"""Zip containers from strangers: judged by their directory, then by what really comes out of them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from domain.imports.problems import Reason
from gateways.spreadsheets.limits import (
    ARCHIVE_ENTRIES_BYTES,
    RATIO,
    RATIO_FROM_BYTES,
    UNPACKED_BYTES,
)
from gateways.spreadsheets.refusal import Refusal

_END = b"PK\x05\x06"
_CHUNK = 64 * 1024
_BROKEN = ("broken",)


class Archive:
    """A zip whose parts were found to be what the directory says, each under one folded name."""

    def __init__(self, raw: bytes) -> None:
        """Judge the whole archive; raises `Refusal` for bombs, lies, encryption and damage."""
        self._raw = raw
        _check_end(raw)
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as opened:
                infos = opened.infolist()
        except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, struct.error, EOFError) as error:
            raise Refusal(Reason.NOT_A_SPREADSHEET, *_BROKEN) from error
        self._parts = _by_name(infos)
        _check_sizes(infos)
        for info in infos:
            for _ in self._inflate(info):
                pass

    def __contains__(self, name: str) -> bool:
        return _folded(name) in self._parts

    def names(self) -> list[str]:
        """Folded names of the parts."""
        return list(self._parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, a piece at a time; nothing where there is no such part."""
        info = self._parts.get(_folded(name))
        return self._inflate(info) if info else iter(())

    def read(self, name: str, limit: int) -> bytes:
        """A whole small part; `Refusal` where it is larger than `limit` bytes."""
        info = self._parts.get(_folded(name))
        if info is None:
            return b""
        if info.file_size > limit:
            raise Refusal(Reason.TOO_LARGE, str(limit), str(info.file_size))
        return b"".join(self._inflate(info))

    def _inflate(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """Unpack the stored bytes: `zipfile` would stop where the directory says, calamine does not."""
        packed = memoryview(self._raw)[_data_offset(self._raw, info) :][: info.compress_size]
        if len(packed) < info.compress_size:
            raise Refusal(Reason.NOT_A_SPREADSHEET, *_BROKEN)
        total = crc = 0
        for piece in _pieces(packed, info.compress_type):
            total += len(piece)
            crc = zlib.crc32(piece, crc)
            if total > info.file_size:
                raise Refusal(Reason.ZIP_BOMB, str(UNPACKED_BYTES), str(RATIO))
            yield piece
        if total != info.file_size or crc != info.CRC:
            raise Refusal(Reason.NOT_A_SPREADSHEET, *_BROKEN)


def _pieces(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        for start in range(0, len(packed), _CHUNK):
            yield bytes(packed[start : start + _CHUNK])
        return
    unpacker = zlib.decompressobj(-15)
    pending: bytes | memoryview = packed
    try:
        while not unpacker.eof:
            piece = unpacker.decompress(pending, _CHUNK * 16)
            pending = unpacker.unconsumed_tail
            if not piece and not pending:
                break
            yield piece
        yield unpacker.flush()
    except zlib.error as error:
        raise Refusal(Reason.NOT_A_SPREADSHEET, *_BROKEN) from error


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _check_end(raw: bytes) -> None:
    """One end record, a directory of sane size: parsers that search differently then agree on the parts."""
    tail = raw[-66_000:]
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22 or tail.count(_END) != 1:
        raise Refusal(Reason.NOT_A_SPREADSHEET, *_BROKEN)
    directory_bytes = struct.unpack_from("<I", tail, at + 12)[0]
    if directory_bytes > ARCHIVE_ENTRIES_BYTES:
        raise Refusal(Reason.ZIP_BOMB, str(UNPACKED_BYTES), str(RATIO))


def _by_name(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    parts = {_folded(info.filename): info for info in infos}
    if len(parts) != len(infos):
        raise Refusal(Reason.NOT_A_SPREADSHEET, *_BROKEN)
    if any(info.flag_bits & 1 for info in infos):
        raise Refusal(Reason.ENCRYPTED)
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        raise Refusal(Reason.NOT_A_SPREADSHEET, *_BROKEN)
    return parts


def _check_sizes(infos: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    bombs = [
        i for i in infos if i.file_size > RATIO_FROM_BYTES and i.file_size > RATIO * max(1, i.compress_size)
    ]
    steep = unpacked > RATIO_FROM_BYTES and unpacked > RATIO * max(1, packed)
    if unpacked > UNPACKED_BYTES or steep or bombs:
        raise Refusal(Reason.ZIP_BOMB, str(UNPACKED_BYTES), str(RATIO))


def _data_offset(raw: bytes, info: zipfile.ZipInfo) -> int:
    at = info.header_offset
    if at < 0 or at + 30 > len(raw) or raw[at : at + 4] != b"PK\x03\x04":
        raise Refusal(Reason.NOT_A_SPREADSHEET, *_BROKEN)
    name, extra = struct.unpack_from("<HH", raw, at + 26)
    return at + 30 + int(name) + int(extra)
