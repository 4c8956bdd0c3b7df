"""Finding the person or region somebody meant, as people type names.

Letters are folded: case, width, accents, spaces and hyphens do not count, and a Simplified name finds the
one stored in that script because every name is kept in both.
"""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher


def fold(text: str) -> str:
    """The form in which names are compared.

    >>> fold("Ｕnited-Kingdom "), fold("José"), fold("華 東")
    ('unitedkingdom', 'jose', '華東')
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if c.isalnum()).casefold()


def nearest(text: str, names: Iterable[str], *, most: int = 3, at_least: float = 0.5) -> tuple[str, ...]:
    """Up to `most` names close to the text, the closest first.

    >>> nearest("est", ["East", "West", "North"])
    ('East', 'West')
    """
    wanted = fold(text)
    scored = []
    for name in dict.fromkeys(names):
        folded = fold(name)
        if not folded:
            continue
        ratio = SequenceMatcher(None, wanted, folded).ratio()
        if wanted and (wanted in folded or folded in wanted):
            ratio = max(ratio, 0.75)
        if ratio >= at_least:
            # Of two equally close names the one that begins later in the alphabet is as good: keep it stable.
            scored.append((-ratio, name))
    return tuple(name for _, name in sorted(scored)[:most])
