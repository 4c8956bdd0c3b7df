"""Whether the tokens are there, and each in its own place. Nothing of them is ever shown."""

from domain.monitoring.findings import Finding, failure, fine
from gateways.environment import Environment

BOT, APP = "xoxb-", "xapp-"


def tokens(environment: Environment) -> list[Finding]:
    """The bot's token, and what Slack's requests are proved with: the signing secret, or the app's token."""
    bot = environment.slack_bot_token.get_secret_value()
    app = environment.slack_app_token.get_secret_value()
    secret = environment.slack_signing_secret.get_secret_value()
    found = [_token("bot_token", bot, BOT, APP)]
    if app:
        found.append(_token("app_token", app, APP, BOT))
    elif not secret:
        found.append(failure("signing_secret", "missing"))
    elif secret.startswith((BOT, APP, "xox")):
        found.append(failure("signing_secret", "swapped"))
    else:
        found.append(fine("signing_secret"))
    return found


def _token(check: str, value: str, right: str, other: str) -> Finding:
    if not value:
        return failure(check, "missing")
    if value.startswith(other):
        return failure(check, "swapped")
    return fine(check) if value.startswith(right) else failure(check, "wrong")
