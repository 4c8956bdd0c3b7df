"""The examples in the docstrings are true."""

import doctest
import importlib
from pathlib import Path

import pytest

import gateways.spreadsheets

FOLDER = Path(gateways.spreadsheets.__file__).parent


@pytest.mark.parametrize("module", sorted(path.stem for path in FOLDER.glob("[a-z]*.py")))
def test_examples(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"gateways.spreadsheets.{module}")).failed == 0
