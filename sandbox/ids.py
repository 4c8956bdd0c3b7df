"""Identifiers in Slack's shapes. With a seed the same run yields the same ids."""

from __future__ import annotations

import random
import string

_UPPER = string.ascii_uppercase + string.digits
_ANY = string.ascii_letters + string.digits


class Ids:
    """Makes ids, secrets and message timestamps. Not thread-safe: the workspace lock guards it."""

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(seed)
        self._given: set[str] = set()
        self._last_micros = 0

    def make(self, prefix: str, length: int = 9) -> str:
        """A new upper-case id such as `C0K3Q81ZP7`; never the same twice."""
        while True:
            tail = "".join(self._random.choices(_UPPER, k=length))
            made = f"{prefix}0{tail}"
            if made not in self._given:
                self._given.add(made)
                return made

    def secret(self, length: int = 24) -> str:
        """Letters and digits without meaning, for tokens and tickets."""
        return "".join(self._random.choices(_ANY, k=length))

    def digits(self, length: int) -> str:
        """A number of `length` digits that does not begin with 0."""
        return self._random.choice("123456789") + "".join(self._random.choices(string.digits, k=length - 1))

    def hex(self, length: int) -> str:
        """Lower-case hexadecimal of that length."""
        return "".join(self._random.choices("0123456789abcdef", k=length))

    def ts(self, now: float) -> str:
        """A message timestamp `seconds.micros`, strictly later than every one before it."""
        micros = max(int(now * 1_000_000), self._last_micros + 1)
        self._last_micros = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
