"""The Bolt app: every route of the table, behind one funnel."""

import logging
from typing import Any

import structlog
from slack_bolt import Ack, App, BoltContext, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from bot.commands import ROOT, root_route
from bot.context import BotContext
from bot.facts import FACTS
from bot.funnel import Funnel, own_team, reference_code
from bot.monitoring.routes import routes as monitoring_routes
from bot.people.routes import routes as people_routes
from bot.routes import Kind, Route
from bot.rules.routes import routes as rules_routes
from bot.targets.routes import routes as targets_routes
from gateways.environment import Environment

log = structlog.get_logger("bot")


def all_routes() -> tuple[Route, ...]:
    """Everything people can do, feature by feature."""
    return (*targets_routes(), *people_routes(), *rules_routes(), *monitoring_routes())


def build_app(environment: Environment, context: BotContext) -> App:
    """The app for a workspace; nothing is asked of Slack before the first request."""
    # Bolt finds the token in the environment too and says so at every start.
    logging.getLogger("slack_bolt.App").addFilter(lambda said: "will be unused" not in said.getMessage())
    app = App(
        client=context.client,
        signing_secret=environment.slack_signing_secret.get_secret_value() or "socket-mode-needs-none",
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        token_verification_enabled=False,
        ignoring_self_events_enabled=True,
    )
    funnel = Funnel(context)
    routes = all_routes()
    app.command(ROOT)(_root_listener(funnel, routes))
    for route in routes:
        _register(app, funnel, route)
    for fact in FACTS:
        app.event(fact.id)(funnel.hears(fact))
    app.error(_unanswered)
    return app


def _unanswered(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """What nobody listens to, in one line without the body: 404, as Slack expects it."""
    if isinstance(error, BoltUnhandledRequestError):
        log.warning("unhandled", kind=str(body.get("type") or "command")[:40])
        return BoltResponse(status=404, body="")
    # Before any route of ours: Slack could not be asked whose token we have.
    log.error("trouble", reference=reference_code(), route="", exc_info=error)
    return BoltResponse(status=503, body="")


def _typed(body: dict[str, Any]) -> str:
    return str(body.get("text", ""))


def _register(app: App, funnel: Funnel, route: Route) -> None:
    if route.kind is Kind.COMMAND:
        if route.alias:
            app.command(route.alias)(funnel.listener(route, _typed))
    elif route.kind is Kind.ACTION:
        app.action(route.id)(funnel.listener(route, lambda _: ""))
    elif route.kind is Kind.VIEW:
        app.view(route.id)(funnel.listener(route, lambda _: ""))
    elif route.kind is Kind.SHORTCUT:
        app.shortcut(route.id)(funnel.listener(route, lambda _: ""))
    elif route.kind is Kind.OPTIONS:
        app.options(route.id)(funnel.listener(route, lambda body: str(body.get("value") or "")))
    else:
        app.event(route.id)(funnel.listener(route, lambda _: ""))


def _root_listener(funnel: Funnel, routes: tuple[Route, ...]) -> Any:
    """`/parts VERB …` is the verb's own command; alone it is my day."""

    def listen(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        route, rest = root_route(_typed(body), routes)
        funnel.run(route, ack, body, rest, own_team(context))

    return listen
