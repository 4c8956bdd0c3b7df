"""What a region's daily progress is tried with."""

from datetime import date

from domain.rules.periods import month
from templates.samples import Sample
from templates.targets import digest_samples as d
from templates.targets import samples as s

SAMPLES = {
    "happy": Sample(d.digest(s.behind()), **d.MORNING),
    "empty": Sample(d.empty(), **d.MORNING),
    "longest": Sample(d.longest(), **d.MORNING),
    "hostile": Sample(d.hostile(), **d.MORNING | {"channel": s.NASTY}),
    "ahead": Sample(d.digest(s.progress(s.EAST, sold="590000")), **s.READING, channel="#east"),
    "on pace": Sample(d.digest(s.progress(s.EAST, sold="530000")), **s.READING, channel="#east"),
    "reached": Sample(d.digest(s.progress(s.EAST, sold="712345.60")), **s.READING, channel="#east"),
    "missed": Sample(
        d.digest(s.progress(s.EAST, month(2019, 10), elapsed=20, over=True), levers=()),
        **s.READING | {"today": date(2019, 11, 1)},
        channel="#east",
    ),
    "no target": Sample(d.digest(s.progress(s.EAST, target=None)), **s.READING, channel="#east"),
}
