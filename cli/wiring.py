"""Where the environment becomes an engine."""

from pydantic import ValidationError
from sqlalchemy import Engine

from gateways.database.embedded import EmbeddedMissing
from gateways.database.engine import WORKER_OPTIONS, database_url, make_engine
from gateways.environment import Environment, environment


class Refused(RuntimeError):
    """The command cannot do it; the message says what to change."""


def url_of(env: Environment) -> str:
    """The database's URL, the embedded server started where none is set."""
    try:
        return database_url(env)
    except EmbeddedMissing as missing:
        raise Refused(str(missing)) from missing


def engine_of(env: Environment, *, options: str = WORKER_OPTIONS) -> Engine:
    """An engine for a command that runs and ends."""
    return make_engine(url_of(env), options=options, pool_size=4)


def ready_engine(env: Environment) -> Engine:
    """An engine on a database of this version, migrated where it is behind."""
    from gateways.database.migrate import current_version, migrate, newest_version

    engine = engine_of(env)
    if current_version(engine) != newest_version():
        migrate(engine)
    return engine


def checked_environment() -> Environment:
    """The environment; a variable that makes no sense is named with its fix."""
    try:
        return environment()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise Refused(f"{name}={first.get('input')!r}: {first['msg']}") from wrong


def required_environment() -> Environment:
    """The environment of a process that talks to Slack: its tokens must be there."""
    env = checked_environment()
    token = env.slack_bot_token.get_secret_value()
    if not token.startswith("xoxb-"):
        raise Refused("SLACK_BOT_TOKEN is missing or no bot token: it begins with xoxb-")
    if env.socket_mode:
        if not env.slack_app_token.get_secret_value().startswith("xapp-"):
            raise Refused("SLACK_APP_TOKEN is no app-level token: it begins with xapp-")
    elif not env.slack_signing_secret.get_secret_value():
        raise Refused("set SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode)")
    return env
