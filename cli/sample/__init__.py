"""A made-up parts company to try PartsPlan with; the same bytes for the same seed, anywhere."""

from cli.sample.company import Pace, Sample, make_sample

__all__ = ["Pace", "Sample", "make_sample"]
