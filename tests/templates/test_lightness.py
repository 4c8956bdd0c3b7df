"""The bot process imports this room: it must start light and answer at once."""

import subprocess
import sys
import time

from domain.names import Locale
from templates.targets import samples as s
from templates.targets.progress.layout import build
from tests.conftest import ROOT

HEAVY = ("babel", "sqlalchemy", "slack_sdk", "slack_bolt", "pydantic", "numpy", "pandas")


def test_importing_the_layouts_loads_no_catalogue_and_nothing_heavy() -> None:
    code = (
        "import sys; import templates.targets.progress.layout, templates.people.my_day.layout;"
        "import templates.refusals.layout, templates.targets.daily_progress_region.layout;"
        f"print([name for name in {HEAVY!r} if name in sys.modules]);"
        "from templates.i18n import environment; print(environment.cache_info().currsize)"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.split("\n")[:2] == ["[]", "0"]


def test_an_answer_takes_far_less_than_a_person_notices() -> None:
    """0.35 ms measured; the bound leaves room for a busy machine."""
    for locale in Locale:
        build(s.progress(), locale=locale, **s.READING)
    started = time.process_time()
    for _ in range(50):
        for locale in Locale:
            build(s.progress(), locale=locale, **s.READING)
    assert (time.process_time() - started) / 150 < 0.005
