"""The whole file is refused: raised inside this package, turned into a problem by the reader."""

from domain.imports.problems import Reason


class Refusal(Exception):
    """The file cannot be read at all; `hints` are codes and numbers, worded in `templates/imports`."""

    def __init__(self, reason: Reason, *hints: str, row: int = 0, value: str = "") -> None:
        super().__init__(reason.value, *hints)
        self.reason = reason
        self.hints = hints
        self.row = row
        self.value = value
