"""What Slack says: whose token, which scopes, which channels, what time it is."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from domain.monitoring.findings import Finding, failure, fine, warning
from domain.rules.company import Company
from gateways.clock import real_now
from gateways.delivery.outcomes import CALL_ERRORS, status_and_code
from gateways.environment import Environment
from gateways.slack import web_client

PAGE = 1000
# Slack refuses a signature that is five minutes off; half a minute is a clock nobody looks after.
SKEWED, REFUSED = 30, 240


@dataclass(frozen=True, slots=True)
class Place:
    """A channel the settings name, and where they do."""

    name: str
    setting: str


def workspace(environment: Environment, scopes: Collection[str], company: Company | None) -> list[Finding]:
    """Everything that is asked of Slack; where the token is refused, nothing more is."""
    client = web_client(environment)
    try:
        answer = client.auth_test()
    except CALL_ERRORS as error:
        return [_refused("slack", error, environment)]
    headers = {str(name).lower(): str(value) for name, value in dict(answer.headers).items()}
    found = [fine("slack", team=str(answer.get("team", "")), user=str(answer.get("user", "")))]
    found += granted(headers.get("x-oauth-scopes"), scopes)
    found.append(skew(headers.get("date"), real_now()))
    if environment.socket_mode:
        found.append(socket(client, environment))
    if company is not None:
        found += channels(client, places_of(company), public="chat:write.public" in scopes)
    return found


def _refused(check: str, error: Exception, environment: Environment) -> Finding:
    if isinstance(error, SlackApiError):
        status, code = status_and_code(error)
        return failure(check, "refused", code=code or f"http_{status}")
    return failure(check, "unreachable", url=environment.slack_api_url, error=type(error).__name__)


def granted(header: str | None, wanted: Collection[str]) -> list[Finding]:
    """The scopes Slack has granted against those of the manifest."""
    if header is None:
        return [warning("scopes", "unknown")]
    given = {scope.strip() for scope in header.split(",") if scope.strip()}
    missing, more = sorted(set(wanted) - given), sorted(given - set(wanted))
    found = []
    if missing:
        found.append(failure("scopes", "missing", names=tuple(missing)))
    if more:
        found.append(warning("scopes", "more", names=tuple(more)))
    return found or [fine("scopes", count=len(given))]


def skew(date: str | None, now: datetime) -> Finding:
    """This machine's clock against Slack's."""
    try:
        there = parsedate_to_datetime(date or "")
    except ValueError:
        return warning("clock_skew", "unknown")
    seconds = round((now - there).total_seconds())
    if abs(seconds) > REFUSED:
        return failure("clock_skew", "refused", seconds=seconds)
    if abs(seconds) > SKEWED:
        return warning("clock_skew", "off", seconds=seconds)
    return fine("clock_skew", seconds=abs(seconds))


def socket(client: WebClient, environment: Environment) -> Finding:
    """Whether Slack would open a socket for the app's token."""
    try:
        client.apps_connections_open(app_token=environment.slack_app_token.get_secret_value())
    except CALL_ERRORS as error:
        return _refused("socket", error, environment)
    return fine("socket")


def places_of(company: Company) -> list[Place]:
    """Every channel of the settings: purposes, regions, and schedules with a place of their own."""
    found = [Place(name, f"channels.{purpose}") for purpose, name in company.channels.items()]
    found += [Place(name, f"channels.regions.{region}") for region, name in company.region_channels.items()]
    for job, settings in company.schedules.items():
        found += [Place(name, f"schedules.{job}") for name in dict(settings.get("channels") or {})]
    return [place for place in found if place.name.startswith("#")]


def channels(client: WebClient, places: list[Place], *, public: bool) -> list[Finding]:
    """Whether each is there and takes our messages. `public`: the bot may post where it is not a member."""
    if not places:
        return [warning("channels", "none")]
    try:
        known = {f"#{channel['name']}": channel for channel in _listed(client)}
    except CALL_ERRORS as error:
        code = status_and_code(error)[1] if isinstance(error, SlackApiError) else type(error).__name__
        return [warning("channels", "not_listed", code=code)]
    found = [finding for place in places if (finding := _judge(place, known, public))]
    return found or [fine("channels", count=len({place.name for place in places}))]


def _judge(place: Place, known: Mapping[str, Mapping[str, Any]], public: bool) -> Finding | None:
    facts = {"channel": place.name, "setting": place.setting}
    channel = known.get(place.name.lower())
    if channel is None:
        return failure("channels", "not_found", **facts)
    if channel.get("is_archived"):
        return failure("channels", "archived", **facts)
    if channel.get("is_member"):
        return None
    if channel.get("is_private") or not public:
        return failure("channels", "not_member", **facts)
    return warning("channels", "not_joined", **facts)


def _listed(client: WebClient) -> Iterator[dict[str, Any]]:
    cursor: str | None = None
    while True:
        answer = client.conversations_list(types="public_channel,private_channel", limit=PAGE, cursor=cursor)
        yield from answer.get("channels") or []
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return
