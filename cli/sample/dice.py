"""Chance that falls the same way on every machine and every Python.

Only `Random.random()` is promised to repeat across Python versions, so every draw here is made from
it with whole numbers: no `choice`, no `shuffle`, no `gauss`, and no libm (whose last digit differs
between machines). Where an exponential is needed, `decimal` computes it, correctly rounded.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")
_BITS = 53
_WHOLE = 1 << _BITS
_CONTEXT = Context(prec=20)


class Dice:
    """One stream of draws per topic: more draws in one topic leave the others as they were."""

    def __init__(self, seed: int, topic: str) -> None:
        self._random = Random(f"{seed}/{topic}")

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1."""
        return int(self._random.random() * _WHOLE) * limit >> _BITS

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def chance(self, per_mille: int) -> bool:
        """True this many times in a thousand."""
        return self.below(1000) < per_mille

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, all equally likely."""
        return items[self.below(len(items))]

    def weighted(self, cumulative: Sequence[int]) -> int:
        """An index, as likely as its step in the running totals."""
        return bisect_right(cumulative, self.below(cumulative[-1]))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in a new order."""
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def bell(self, spread: int) -> int:
        """A whole number within +-`spread`, most often near 0 (the mean of three draws)."""
        return sum(self.between(-spread, spread) for _ in range(3)) // 3

    def lognormal(self, median: Decimal, sigma: Decimal) -> Decimal:
        """Mostly near the median, sometimes several times it: `median * exp(sigma * z)`.

        z is the sum of twelve uniform draws less 6, which has variance 1.
        """
        z = Decimal(sum(self.below(1000) for _ in range(12)) - 5994).scaleb(-3, _CONTEXT)
        return _CONTEXT.multiply(median, _CONTEXT.exp(_CONTEXT.multiply(sigma, z)))


def running(weights: Iterable[int]) -> tuple[int, ...]:
    """Running totals, for `Dice.weighted`."""
    return tuple(accumulate(weights))
