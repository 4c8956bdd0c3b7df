"""Which encoding a text file is in. Two lines of Chinese are enough (ux.md, section 7)."""

import codecs
from dataclasses import dataclass

from domain.imports.problems import Reason
from gateways.spreadsheets.headings import known_headings
from gateways.spreadsheets.refusal import Refusal

_SAMPLE = 200_000
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEADING_BONUS = 2


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text and the name of the encoding it was in."""

    text: str
    encoding: str


def _by_nuls(raw: bytes) -> str:
    """UTF-16 without a mark: ASCII commas, digits and line ends leave NULs on one side only."""
    sample = raw[: _SAMPLE & ~1]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(2, len(sample) // 40):
        return ""
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else ""


def level_one_share(text: str, encoding: str) -> float:
    """How much of the non-ASCII text is common hanzi, minus what no sheet holds.

    Level 1 of GB 2312 has lead bytes B0 to D7, that of Big5 A4 to C6. Private use and planes 3 and above
    are what wrong guesses decode to.
    """
    foreign = [char for char in text if ord(char) > 0x7F]
    if not foreign:
        return 0.0
    leads = range(0xB0, 0xD8) if encoding == "gb18030" else range(0xA4, 0xC7)
    common = strange = 0
    for char in foreign:
        point = ord(char)
        if 0xE000 <= point <= 0xF8FF or point > 0x1FFFF:
            strange += 1
            continue
        coded = char.encode(encoding, "ignore")
        common += len(coded) == 2 and coded[0] in leads and "\u4e00" <= char <= "\u9fff"
    return (common - strange) / len(foreign)


def _known_words(text: str) -> int:
    cells = {cell for line in text.splitlines()[:15] for mark in ",;\t|" for cell in line.split(mark)}
    return sum(known_headings(cell) for cell in cells)


def _strict(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def decode(raw: bytes) -> Decoded:
    """The text of a CSV; `Refusal(UNKNOWN_ENCODING)` where no encoding fits."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _certain(raw, encoding)
    if encoding := _by_nuls(raw):
        return _certain(raw, encoding)
    if b"\0" in raw:
        raise Refusal(Reason.NOT_A_SPREADSHEET, "binary")
    text = _strict(raw, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8")
    candidates = []
    for encoding in ("gb18030", "big5hkscs"):
        decoded = _strict(raw, encoding)
        if decoded is not None:
            sample = decoded[:_SAMPLE]
            score = level_one_share(sample, encoding) + _HEADING_BONUS * _known_words(sample)
            candidates.append((score, encoding, decoded))
    if not candidates:
        raise Refusal(Reason.UNKNOWN_ENCODING)
    _, encoding, decoded = max(candidates, key=lambda candidate: candidate[0])
    return Decoded(decoded, encoding)


def _certain(raw: bytes, encoding: str) -> Decoded:
    text = _strict(raw, encoding)
    if text is None:
        raise Refusal(Reason.UNKNOWN_ENCODING, encoding)
    return Decoded(text, encoding)
