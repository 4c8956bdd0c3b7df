"""Largest-remainder rounding: parts that add up to their parent exactly (domain.md 4.2)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def largest_remainder(
    total: Decimal, weights: Sequence[Decimal | int], *, quantum: Decimal = CENT
) -> tuple[Decimal, ...]:
    """`total` split in proportion to `weights`, each part a multiple of `quantum`, their sum `total` exactly.

    Every part is its exact share rounded towards zero; the quanta left over go to the largest
    remainders, ties to the lowest index (Hamilton's method). A negative total is split like its
    positive and negated. The unit is that of `total`; no part is off its exact share by a whole quantum.

    ValueError: no weight, a negative weight, weights that add up to zero, a quantum that is not
    positive, or a total that is no multiple of the quantum (no exact split exists).

    >>> [str(part) for part in largest_remainder(Decimal(100), [1, 1, 1], quantum=Decimal(1))]
    ['34', '33', '33']
    >>> shares = [Decimal(share) for share in ("0.21", "0.19", "0.28", "0.32")]
    >>> [str(part) for part in largest_remainder(Decimal(1000), shares)]
    ['210.00', '190.00', '280.00', '320.00']
    """
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    if whole == 0 or min(exact) < 0:
        raise ValueError("weights must be zero or more, with at least one above zero")
    units = _units(total, quantum)
    floors, remainders = zip(*(divmod(abs(units) * weight, whole) for weight in exact), strict=True)
    left = abs(units) - sum(floors)
    favoured = set(sorted(range(len(exact)), key=lambda i: (-remainders[i], i))[:left])
    sign = -1 if units < 0 else 1
    return tuple(quantum * (sign * (floor + (i in favoured))) for i, floor in enumerate(floors))


def _units(total: Decimal, quantum: Decimal) -> int:
    """How many quanta `total` is; ValueError where it is no whole number of them."""
    if quantum <= 0:
        raise ValueError(f"quantum must be above zero: {quantum}")
    units = Fraction(total) / Fraction(quantum)
    if units.denominator != 1:
        raise ValueError(f"{total} is not a multiple of {quantum}")
    return units.numerator
