"""The yardstick: a bare Bolt app on the same server, which answers with one indexed SELECT."""

import os
from typing import Any

from gunicorn.app.base import BaseApplication
from slack_bolt import Ack, App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import text

from gateways.database.engine import WEB_OPTIONS, make_engine

SELECT = text("SELECT name FROM person WHERE slack_user_id = :user")


def bare_app(url: str | None) -> App:
    """Without a URL it answers without a database: the floor for start and memory."""
    app = App(
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        process_before_response=True,
        token_verification_enabled=False,
        authorize=lambda: AuthorizeResult(
            enterprise_id=None, team_id="T0BENCH", bot_token="xoxb-bench", bot_user_id="U0BOT", bot_id="B0BOT"
        ),
    )
    engine = make_engine(url, options=WEB_OPTIONS, pool_size=16) if url else None

    @app.command("/target")
    def target(ack: Ack, body: dict[str, Any]) -> None:
        if engine is None:
            ack("hello")
            return
        with engine.connect() as connection:
            ack(str(connection.scalar(SELECT, {"user": body["user_id"]})))

    return app


class Bare(BaseApplication):  # type: ignore[misc]
    """The same gunicorn as ours."""

    def load_config(self) -> None:
        """Same workers, same threads."""
        for key, value in {
            "bind": f"127.0.0.1:{os.environ['PORT']}",
            "workers": int(os.environ.get("WEB_CONCURRENCY", "2")),
            "worker_class": "gthread",
            "threads": 16,
            "keepalive": 30,
            "loglevel": "warning",
            "control_socket_disable": True,
        }.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        """Built in the worker."""
        return SlackRequestHandler(bare_app(os.environ.get("DATABASE_URL")))


if __name__ == "__main__":
    Bare().run()
