"""Which migrations there are, read from their files: for processes that must not load Alembic."""

import re
from functools import lru_cache
from pathlib import Path

VERSIONS = Path(__file__).parent / "migrations" / "versions"
_NAMED = re.compile(r"^(revision|down_revision)\s*=\s*(?:['\"](\w+)['\"]|None)", re.MULTILINE)


@lru_cache(maxsize=1)
def known_versions() -> dict[str, str | None]:
    """Every version this code knows, with the one before it."""
    found: dict[str, str | None] = {}
    for path in sorted(VERSIONS.glob("*.py")):
        named = {name: value or None for name, value in _NAMED.findall(path.read_text(encoding="utf-8"))}
        if named.get("revision"):
            found[str(named["revision"])] = named.get("down_revision")
    return found


def newest_known() -> str:
    """The version this code needs: the one that none comes after."""
    before = set(known_versions().values())
    return next(version for version in known_versions() if version not in before)
