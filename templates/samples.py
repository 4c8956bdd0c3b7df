"""What every message is tried with in the tests: a view and how it is read."""

from typing import Any


class Sample:
    """Arguments of a layout's `build` (or another of its functions), the language left open."""

    __slots__ = ("function", "keywords", "view")

    def __init__(self, view: Any, *, function: str = "build", **keywords: Any) -> None:
        self.view, self.function, self.keywords = view, function, keywords
