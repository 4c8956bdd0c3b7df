"""A name in the three ways the company's people write it."""

from typing import NamedTuple


class Name(NamedTuple):
    """English (or Latin letters), Traditional as Taiwan writes it, Simplified as the mainland does."""

    en: str
    hant: str
    hans: str
