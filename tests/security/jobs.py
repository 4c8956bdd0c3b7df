"""The jobs that read people and numbers."""

from jobs.people.tasks import MATCH_PEOPLE
from jobs.registry import Registry
from jobs.targets.tasks import DAILY_PROGRESS

JOBS = Registry((MATCH_PEOPLE, DAILY_PROGRESS))
