"""The checks behind `/parts doctor`: those that wait for nobody."""

from bot.calls import Call
from domain.monitoring.findings import Finding
from gateways.doctor.quick import quick
from gateways.environment import Environment


def findings(call: Call) -> list[Finding]:
    """What is found now, by this process."""
    return quick(call.session, call.environment or Environment(), call.company, business_now=call.now)
