"""Pin anew what pyproject.toml asks for, with hashes and without addresses (needs `uv` on the path)."""

import subprocess
import sys


def main() -> int:
    """Rewrite requirements.lock; the exit code of uv."""
    command = [
        "uv", "pip", "compile", "pyproject.toml", "--extra", "embedded", "--extra", "dev", "--universal",
        "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate",
        "--upgrade", "-o", "requirements.lock",
    ]  # fmt: skip
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
