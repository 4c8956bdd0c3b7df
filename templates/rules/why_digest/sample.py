"""What the reason of a digest is tried with."""

from templates.actions import DigestSource
from templates.samples import Sample
from templates.targets.samples import LONG, NASTY

SAMPLES = {
    "happy": Sample(DigestSource("daily_progress", "#east", "08:30")),
    "empty": Sample(DigestSource("daily_progress", "", "08:30")),
    "longest": Sample(DigestSource(LONG, LONG, "08:30")),
    "hostile": Sample(DigestSource("daily_progress", NASTY, NASTY)),
    "news": Sample(DigestSource("news", "", "")),
    "another schedule": Sample(DigestSource("low_stock", "#warehouse", "13:00")),
}
