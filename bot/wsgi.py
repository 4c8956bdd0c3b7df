"""The web process as one WSGI application: Slack's requests, and what an operator asks."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.context import BotContext
from bot.guard import from_slack, guarded, refuse
from gateways import metrics
from gateways.clock import real_now
from gateways.readiness import readiness

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SLACK_PATH = "/slack/events"


def _plain(
    start_response: "StartResponse", status: str, body: bytes, kind: str = "text/plain"
) -> list[bytes]:
    start_response(status, [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]


def wsgi_app(app: App, context: BotContext, *, accepts_slack: bool) -> "WSGIApplication":
    """Routes by path. In Socket Mode nothing of Slack's comes over HTTP, and nothing is accepted."""
    secret = context.environment.slack_signing_secret.get_secret_value()
    slack = guarded(SlackRequestHandler(app, path=SLACK_PATH), SLACK_PATH, from_slack(secret))

    def healthz(start_response: "StartResponse") -> Iterable[bytes]:
        return _plain(start_response, "200 OK", b"ok\n")

    def readyz(start_response: "StartResponse") -> Iterable[bytes]:
        problems = readiness(context.engine, real_now())
        status = "503 Service Unavailable" if problems else "200 OK"
        return _plain(start_response, status, ("\n".join(problems) or "ready").encode() + b"\n")

    def figures(start_response: "StartResponse") -> Iterable[bytes]:
        return _plain(start_response, "200 OK", metrics.render(context.engine))

    operator: dict[str, Callable[[StartResponse], Iterable[bytes]]] = {
        "/healthz": healthz,
        "/readyz": readyz,
        "/metrics": figures,
    }

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == SLACK_PATH and accepts_slack:
            return slack(environ, start_response)
        if path in operator:
            if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
                return refuse(start_response, 405)
            return operator[path](start_response)
        return refuse(start_response, 404)

    return serve
