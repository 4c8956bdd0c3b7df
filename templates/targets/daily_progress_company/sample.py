"""What the company's daily progress is tried with."""

from templates.samples import Sample
from templates.targets import digest_samples as d
from templates.targets import samples as s

_WHOLE = d.digest(s.behind(s.COMPANY), rows=d.regions(), rows_are="regions", more_rows=0)

SAMPLES = {
    "happy": Sample(_WHOLE, **d.MORNING | {"channel": "#company"}),
    "empty": Sample(d.empty(), **d.MORNING),
    "longest": Sample(d.longest(), **d.MORNING),
    "hostile": Sample(d.hostile(), **d.MORNING | {"channel": s.NASTY}),
}
