"""Every job there is, in one table."""

from jobs.monitoring.history import HISTORY_HEAD
from jobs.monitoring.tasks import MONITORING
from jobs.people.held import HELD_MESSAGES
from jobs.people.tasks import MATCH_PEOPLE
from jobs.people.welcome import WELCOME
from jobs.registry import Registry
from jobs.targets.tasks import DAILY_PROGRESS

REGISTRY = Registry((DAILY_PROGRESS, MATCH_PEOPLE, WELCOME, HELD_MESSAGES, MONITORING, HISTORY_HEAD))
