"""Text that a spreadsheet program must not run (OWASP "CSV injection"; reliability.md, section 6)."""

import re
import unicodedata

_STRICT_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?\Z")
_TRIGGERS = frozenset("=+-@\t\r\n\0")


def neutralise(value: str) -> str:
    """The text with a leading apostrophe where Excel, WPS or LibreOffice could take it for a formula.

    >>> neutralise("=cmd|' /C calc'!A0"), neutralise("＝1+1"), neutralise("+1+1"), neutralise("  @SUM(A1)")
    ("'=cmd|' /C calc'!A0", "'＝1+1", "'+1+1", "'  @SUM(A1)")
    >>> neutralise("-5"), neutralise("12.5"), neutralise("刹车片"), neutralise("")
    ('-5', '12.5', '刹车片', '')
    """
    if not value or _STRICT_NUMBER.match(value):
        return value
    # Spaces and invisible marks before the sign do not stop every program.
    visible = value.lstrip(" \u00a0\u3000\ufeff\u200b\u200e\u200f\u2060")
    heads = {value[0], unicodedata.normalize("NFKC", visible[:1])}
    return "'" + value if heads & _TRIGGERS else value
