"""Splitting money so that the parts are the whole, to the cent."""

import doctest
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.targets import rounding
from domain.targets.rounding import largest_remainder

TOTALS = st.decimals(-(10**9), 10**9, places=2)
WEIGHTS = st.lists(st.decimals(0, 10**6, places=4), min_size=1, max_size=40).filter(any)


def test_doctests() -> None:
    assert doctest.testmod(rounding).failed == 0


@given(TOTALS, WEIGHTS)
def test_the_parts_are_the_whole(total: Decimal, weights: list[Decimal]) -> None:
    parts = largest_remainder(total, weights)
    assert len(parts) == len(weights)
    assert sum(parts) == total


@given(TOTALS, WEIGHTS)
def test_no_part_is_off_by_a_cent(total: Decimal, weights: list[Decimal]) -> None:
    whole = sum(map(Fraction, weights))
    for part, weight in zip(largest_remainder(total, weights), weights, strict=True):
        assert abs(Fraction(part) - Fraction(total) * Fraction(weight) / whole) < Fraction(1, 100)


@given(TOTALS, WEIGHTS)
def test_no_weight_no_part(total: Decimal, weights: list[Decimal]) -> None:
    for part, weight in zip(largest_remainder(total, weights), weights, strict=True):
        assert weight or not part


@given(TOTALS, WEIGHTS)
def test_a_negative_total_mirrors_the_positive(total: Decimal, weights: list[Decimal]) -> None:
    assert largest_remainder(-total, weights) == tuple(-part for part in largest_remainder(total, weights))


@given(TOTALS, WEIGHTS)
def test_a_heavier_weight_never_gets_less(total: Decimal, weights: list[Decimal]) -> None:
    parts = [abs(part) for part in largest_remainder(total, weights)]
    for weight, part in zip(weights, parts, strict=True):
        assert all(part >= other for lighter, other in zip(weights, parts, strict=True) if lighter < weight)


@pytest.mark.parametrize(
    ("total", "weights", "quantum", "parts"),
    [
        ("1000", ["0.21", "0.19", "0.28", "0.32"], "0.01", ["210", "190", "280", "320"]),
        ("100", ["1", "1", "1"], "1", ["34", "33", "33"]),
        ("-100", ["1", "1", "1"], "1", ["-34", "-33", "-33"]),
        ("0.01", ["1", "1"], "0.01", ["0.01", "0"]),
        ("0", ["1", "2"], "0.01", ["0", "0"]),
        ("10", ["0", "1", "0"], "1", ["0", "10", "0"]),
        ("700", ["1", "1"], "100", ["400", "300"]),
        ("1", ["2", "3", "2"], "1", ["0", "1", "0"]),
    ],
)
def test_vectors(total: str, weights: list[str], quantum: str, parts: list[str]) -> None:
    split = largest_remainder(
        Decimal(total), [Decimal(weight) for weight in weights], quantum=Decimal(quantum)
    )
    assert list(split) == [Decimal(part) for part in parts]


def test_whole_numbers_may_be_weights() -> None:
    parts = largest_remainder(Decimal(7), [21, 20, 23], quantum=Decimal(1))
    assert [int(part) for part in parts] == [2, 2, 3]


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 3], [-1, 1]])
def test_weights_that_cannot_split_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        largest_remainder(Decimal(100), weights)


@pytest.mark.parametrize(("total", "quantum"), [("0.005", "0.01"), ("150", "100"), ("1", "0"), ("1", "-1")])
def test_a_total_no_quanta_make_up_is_refused(total: str, quantum: str) -> None:
    with pytest.raises(ValueError, match=r"quantum|multiple"):
        largest_remainder(Decimal(total), [1], quantum=Decimal(quantum))
