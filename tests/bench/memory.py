"""The most memory this process has held, without what its parent held before it."""

import re
from pathlib import Path


def peak_mb() -> int:
    """Resident megabytes at the highest; getrusage would report the parent's peak after a fork."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) // 1024
