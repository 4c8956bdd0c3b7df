"""What the machine has to offer: a folder to write to, room on the disk, a font with Chinese in it."""

import shutil
import sysconfig
import tempfile
from collections.abc import Iterable
from pathlib import Path

from domain.monitoring.findings import Finding, failure, fine, warning
from gateways.environment import Environment

MEGABYTE = 1024 * 1024
LITTLE, VERY_LITTLE = 2048, 256  # MB
# Files of fonts that hold Traditional and Simplified characters.
CJK = ("NotoSansCJK*", "NotoSerifCJK*", "NotoSans*TC*", "SourceHan*", "wqy-*", "PingFang*", "msyh*", "msjh*",
       "uming*", "ukai*", "DroidSansFallback*", "*CJK*.otf", "*CJK*.ttc", "*CJK*.ttf")  # fmt: skip
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
OF_A_PERSON = (".fonts", ".local/share/fonts", "Library/Fonts")


def machine(environment: Environment) -> list[Finding]:
    """All of it."""
    return [home(environment.home), disk(environment.home), font(font_folders())]


def home(folder: Path) -> Finding:
    """Whether PARTSPLAN_HOME can be written to, by writing to it."""
    where = str(folder.resolve())
    place = nearest(folder)
    try:
        with tempfile.TemporaryFile(dir=place):
            return fine("home", path=where)
    except OSError as refused:
        return failure("home", "not_writable", path=where, error=type(refused).__name__)


def disk(folder: Path) -> Finding:
    """Room for the database, its backups and the logs, in megabytes."""
    free = shutil.disk_usage(nearest(folder)).free // MEGABYTE
    if free < VERY_LITTLE:
        return failure("disk", "full", free=free, path=str(folder.resolve()))
    if free < LITTLE:
        return warning("disk", "little", free=free, path=str(folder.resolve()))
    return fine("disk", free=free)


def nearest(folder: Path) -> Path:
    """The folder, or the closest one above it that exists."""
    whole = folder.resolve()
    return next(place for place in (whole, *whole.parents) if place.is_dir())


def font_folders() -> list[Path]:
    """Where fonts lie: the system's, the person's, and those that came with a dependency."""
    own = [Path.home() / name for name in OF_A_PERSON]
    return [*map(Path, FOLDERS), *own, *Path(sysconfig.get_path("purelib")).glob("*font*")]


def font(folders: Iterable[Path]) -> Finding:
    """A font that charts can write Chinese with."""
    for folder in folders:
        for pattern in CJK:
            for found in folder.rglob(pattern) if folder.is_dir() else ():
                if found.is_file():
                    return fine("font", name=found.name)
    return warning("font", "missing")
