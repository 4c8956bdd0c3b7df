"""The web process: gunicorn with threads, Bolt behind it, and the socket where Slack is reached by one."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import structlog
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.app import build_app
from bot.context import BotContext
from bot.wsgi import wsgi_app
from gateways.clock import business_clock
from gateways.database.engine import WEB_OPTIONS, make_engine
from gateways.environment import Environment
from gateways.logs import configure_logs
from gateways.slack import web_client

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

log = structlog.get_logger("bot")
THREADS = 16
SECONDS = 2  # Slack waits three for the acknowledgement that follows a call of ours


def make_context(environment: Environment, url: str) -> BotContext:
    """What one process needs: a pool as large as its threads, the business clock, the client."""
    engine = make_engine(url, options=WEB_OPTIONS, pool_size=THREADS)
    client = web_client(environment, timeout=SECONDS)
    return BotContext(engine, business_clock(environment.now), client, environment)


def make_wsgi(environment: Environment, url: str) -> "WSGIApplication":
    """The application of one process; opens its socket where an app token is set."""
    context = make_context(environment, url)
    app = build_app(environment, context)
    if environment.socket_mode:
        open_socket(environment, app)
    return wsgi_app(app, context, accepts_slack=not environment.socket_mode)


def open_socket(environment: Environment, app: Any) -> SocketModeHandler:
    """Connect to Slack by socket; the client reconnects by itself from then on."""
    handler = SocketModeHandler(
        app,
        environment.slack_app_token.get_secret_value(),
        web_client=web_client(environment),
        concurrency=THREADS,
    )
    handler.connect()  # type: ignore[no-untyped-call]
    log.info("socket_open")
    return handler


class _Log(Logger):  # type: ignore[misc]
    """Gunicorn's words as lines of our log. What it quotes of a malformed request is cut off."""

    def setup(self, cfg: Any) -> None:
        """No handler of its own."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def warning(self, msg: object, *args: object, **kwargs: Any) -> None:
        """Up to the first quotation mark where somebody else's words may be in it."""
        said = msg if args else re.split("[\"']", str(msg), maxsplit=1)[0][:200]
        super().warning(said, *args, **kwargs)


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, configured by us and not by files."""

    def __init__(self, options: dict[str, Any], load: Callable[[], "WSGIApplication"]) -> None:
        self._options, self._load = options, load
        super().__init__()

    def load_config(self) -> None:
        """Take our options."""
        for key, value in self._options.items():
            self.cfg.set(key, value)

    def load(self) -> "WSGIApplication":
        """Built in each worker, after the fork: connections must not be shared."""
        return self._load()


def serve(environment: Environment, url: str) -> None:
    """Serve until told to stop."""
    configure_logs(environment.log_level)
    host = "127.0.0.1" if environment.socket_mode else "0.0.0.0"
    options = {
        "bind": f"{host}:{environment.port}",
        "workers": environment.web_workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": 30,
        "graceful_timeout": 10,
        "keepalive": 30,
        "loglevel": "warning",
        "accesslog": None,
        "logger_class": _Log,
        "limit_request_fields": 50,
        "limit_request_field_size": 4096,
        "control_socket_disable": True,
    }
    _Server(options, lambda: make_wsgi(environment, url)).run()
