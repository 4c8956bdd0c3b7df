"""What every message is tried with in the tests: a view and how it is read."""

from typing import Any


class Sample:
    """Arguments of a layout's `build`, the language left open."""

    __slots__ = ("keywords", "view")

    def __init__(self, view: Any, **keywords: Any) -> None:
        self.view, self.keywords = view, keywords
