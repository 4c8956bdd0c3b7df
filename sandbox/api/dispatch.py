"""One Web API request from the token to the answer, misfortunes included."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox import channels, manifest
from sandbox.api import chat, conversations, files, history, misc, scheduled, users, views
from sandbox.api.arguments import Arguments, Request, read
from sandbox.api.known import KNOWN
from sandbox.api.registry import METHODS, Call, Method
from sandbox.errors import NobodyThere, NotServed, RateLimited, Refusal, messages
from sandbox.faults import ON_CALLS, Fault
from sandbox.model import App, Json
from sandbox.state import State

HANDLERS = (chat, conversations, files, history, misc, scheduled, users, views)
_STATUS = {"http_500": 500, "http_503": 503, "http_503_after": 503}
_BEFORE = ("ratelimited", "http_500", "http_503", "drop_before", "error")
_EFFECTS = ("token_revoked", "is_archived", "not_in_channel", "user_disabled")


@dataclass
class Answer:
    """What goes over the wire: after `delay` seconds, or nothing at all when `drop`."""

    status: int
    body: Json
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drop: bool = False


class _Unlucky(Exception):
    """A fault decides the answer before anything happens."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass
class _Progress:
    args: Json = field(default_factory=dict)
    app: App | None = None
    fault: Fault | None = None
    committed: bool = False
    scopes: tuple[str, ...] = ()


def answer(state: State, request: Request) -> Answer:
    """Serve one request; every outcome is logged."""
    with state.lock:
        progress = _Progress()
        try:
            given = _serve(state, request, progress)
        except _Unlucky as unlucky:
            given = unlucky.answer
        except RateLimited as refusal:
            given = _too_many(refusal.retry_after)
        except Refusal as refusal:
            given = Answer(200, refusal.body())
        except NotServed as reason:
            given = Answer(501, {"ok": False, "error": "not_served_by_sandbox", "detail": str(reason)})
        if progress.fault is not None and progress.committed:
            given = _after(progress.fault, given)
        if progress.app is not None:
            given.headers["x-oauth-scopes"] = ",".join(manifest.scopes(progress.app))
            if progress.scopes:
                given.headers["x-accepted-oauth-scopes"] = ",".join(progress.scopes)
        _log(state, request, progress, given)
        return given


def _serve(state: State, request: Request, progress: _Progress) -> Answer:
    method = METHODS.get(request.method)
    if method is None:
        if request.method in KNOWN:
            raise NotServed(f"{request.method} is a real Slack method that the sandbox does not serve")
        raise Refusal("unknown_method", req_method=request.method)
    args = read(request, json_allowed=method.json_body)
    token = request.authorization.removeprefix("Bearer ").strip() or str(args.values.pop("token", ""))
    progress.args, progress.scopes = args.values, method.scopes
    app = _owner(state, token, method, request)
    progress.app = app
    fault = progress.fault = state.faults.pick(method.name, ON_CALLS, _channel_of(args))
    if fault is not None:
        _before(state, fault, app, args)
    call = Call(state, app or _nobody(), method.name, args)
    if app is not None:
        state.limits.call(app.app_id, method.name, method.tier, state.now())
        _check_scopes(method, app)
    _check_required(method, args)
    body = {"ok": True, **method.handler(call)}
    progress.committed = True
    if args.warnings:
        body.setdefault("warning", args.warnings[0])
        body.setdefault("response_metadata", {}).setdefault("warnings", []).extend(args.warnings)
    return Answer(200, body)


def _owner(state: State, token: str, method: Method, request: Request) -> App | None:
    if method.token == "none":
        return None
    if not token:
        raise Refusal("not_authed")
    for app in state.apps.values():
        if token not in (app.bot_token, app.app_token):
            continue
        if app.token_revoked:
            raise Refusal("token_revoked")
        if (token == app.app_token) != (method.token == "app"):
            raise Refusal("not_allowed_token_type")
        if method.token == "app" and request.verb != "POST":
            raise Refusal("insecure_request")
        return app
    raise Refusal("invalid_auth")


def _nobody() -> App:
    return App("", "", {}, "", "", "", "", "", "")


def _channel_of(args: Arguments) -> str:
    return str(args.values.get("channel") or args.values.get("channel_id") or "")


def _check_scopes(method: Method, app: App) -> None:
    granted = manifest.scopes(app)
    if method.scopes and not set(method.scopes) & set(granted):
        raise Refusal("missing_scope", needed=",".join(method.scopes), provided=",".join(granted))


def _check_required(method: Method, args: Arguments) -> None:
    absent = [name for name in method.required if args.values.get(name) in (None, "")]
    if absent:
        raise Refusal(
            "invalid_arguments", **messages(*(f"missing required field: {name}" for name in absent))
        )


def _before(state: State, fault: Fault, app: App | None, args: Arguments) -> None:
    if fault.kind in _EFFECTS:
        _take_effect(state, fault.kind, app, args)
        if fault.kind == "token_revoked":
            raise Refusal("token_revoked")
    if fault.kind not in _BEFORE:
        return
    if fault.kind == "ratelimited":
        raise _Unlucky(_too_many(int(fault.seconds)))
    if fault.kind == "drop_before":
        raise _Unlucky(Answer(0, {}, drop=True))
    if fault.kind == "error":
        raise Refusal(fault.error)
    raise _Unlucky(_server_error(fault))


def _take_effect(state: State, kind: str, app: App | None, args: Arguments) -> None:
    """The fault changes the workspace; the refusal then follows from its rules."""
    if kind == "token_revoked" and app is not None:
        app.token_revoked = True
        return
    key = _channel_of(args)
    if kind == "user_disabled":
        member = args.values.get("user") or args.values.get("users") or key
        if str(member) in state.users:
            state.users[str(member)].deleted = True
        return
    try:
        channel = state.channel(key)
    except NobodyThere:
        return
    if kind == "is_archived":
        channels.archive(state, channel, channel.creator)
    elif app is not None:
        channels.leave(state, channel, app.bot_user_id)


def _after(fault: Fault, given: Answer) -> Answer:
    if fault.kind == "drop_after":
        return Answer(0, {}, drop=True)
    if fault.kind == "http_503_after":
        return _server_error(fault)
    if fault.kind in ("internal_error_after", "error_after"):
        code = "internal_error" if fault.kind == "internal_error_after" else fault.error
        return Answer(200, {"ok": False, "error": code}, given.headers)
    if fault.kind in ("slow", "timeout"):
        given.delay = fault.seconds
    return given


def _server_error(fault: Fault) -> Answer:
    return Answer(_STATUS[fault.kind], {"ok": False, "error": "service_unavailable"})


def _too_many(seconds: int) -> Answer:
    return Answer(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(seconds)})


def _log(state: State, request: Request, progress: _Progress, given: Answer) -> None:
    args: dict[str, Any] = dict(progress.args)
    state.log.add(
        at=state.now(),
        direction="in",
        method=request.method,
        args=args,
        answer=None if given.drop else given.body,
        status=given.status,
        seconds=given.delay,
        app_id=progress.app.app_id if progress.app else "",
        fault=progress.fault.kind if progress.fault else "",
        committed=progress.committed,
    )
    state.touch()
