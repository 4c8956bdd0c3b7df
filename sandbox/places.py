"""Where the sandbox's own files are."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
HTML = HERE / "page" / "html"
