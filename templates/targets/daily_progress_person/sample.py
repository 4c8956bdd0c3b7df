"""What a person's daily progress is tried with."""

from templates.samples import Sample
from templates.targets import samples as s

SAMPLES = {
    "happy": Sample(s.progress(), **s.READING, at="08:30"),
    "empty": Sample(s.empty(), **s.READING, at="08:30"),
    "longest": Sample(s.longest(may_share=False), **s.READING, at="08:30"),
    "hostile": Sample(s.hostile(may_share=False), **s.READING, at=s.NASTY),
    "behind": Sample(s.progress(sold="400000", chance=0.05), **s.READING, at="08:30"),
    "with news": Sample(s.progress(), **s.READING, at="08:30", news=("2019/11/22",)),
    "longest news": Sample(s.progress(), **s.READING, at="08:30", news=(s.LONG,) * 12),
    "hostile news": Sample(s.progress(), **s.READING, at="08:30", news=(s.NASTY,)),
    "no target": Sample(s.progress(target=None), **s.READING, at="08:30"),
}
