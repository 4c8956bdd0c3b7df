"""What the refusals are tried with: each once, and the ones that repeat what was typed with the worst."""

from domain import refusals as r
from templates.refusals.layout import Said
from templates.samples import Sample
from templates.targets.samples import LONG, NASTY


def _said(refusal: r.Refusal) -> Sample:
    return Sample(Said(refusal))


SAMPLES = {
    "happy": _said(r.UnknownWho("est", ("East",))),
    "empty": _said(r.UnknownWho("", ())),
    "longest": _said(r.AmbiguousWho(LONG, (LONG, LONG + "2", LONG + "3", LONG + "4"))),
    "hostile": _said(r.UnknownWho(NASTY, (NASTY, NASTY))),
    "hostile ambiguous": _said(r.AmbiguousWho(NASTY, (NASTY, "East"))),
    "hostile period": _said(r.UnknownPeriodText(NASTY, (NASTY,))),
    "hostile verb": _said(r.UnknownVerb(NASTY, "")),
    "hostile channel": Sample(Said(NASTY)),
    "stranger": _said(r.Stranger()),
    "departed": _said(r.Departed()),
    "not yours": _said(r.NotYours("own")),
    "not yours, a lead": _said(r.NotYours("region")),
    "not allowed": _said(r.NotAllowed("see_regions")),
    "not allowed to manage": _said(r.NotAllowed("manage")),
    "ambiguous": _said(r.AmbiguousWho("li", ("Li Hua", "Li Wei"))),
    "unknown period": _said(r.UnknownPeriodText("2019-13", ("2019-11", "2019-Q3", "2019"))),
    "unknown verb": _said(r.UnknownVerb("tagret", "target")),
    "unknown verb, none near": _said(r.UnknownVerb("xyzzy", "")),
    "no share, personal": _said(r.NoShare("personal")),
    "no share, no channel": _said(r.NoShare("no_channel")),
    "not known any more": _said(r.NotKnownAnymore()),
    "too many": _said(r.TooMany(7)),
    "too many, one second": _said(r.TooMany(1)),
    "another refusal": _said(r.Refusal()),
    "ours": Sample(Said("K7Q2", is_reference=True)),
    "shared": Sample(Said("#east")),
}
