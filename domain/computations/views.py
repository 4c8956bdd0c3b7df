"""A kept computation, to be explained."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Explanation:
    """Formula, version, inputs and result exactly as they were when the number was shown."""

    computation_id: int
    formula: str
    version: int
    inputs: dict[str, Any]
    result: dict[str, Any]
    at: datetime
