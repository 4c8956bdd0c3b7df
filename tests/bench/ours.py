"""Our own web process for the benchmark: the product's server, told who it is instead of asking Slack."""

from typing import Any

from bot import app as bot_app
from bot import limits
from bot.server import serve
from gateways.environment import environment


def main() -> None:
    """Serve as `partsplan bot` does; only `auth.test` is answered here, since no Slack is running."""
    from slack_bolt.authorization import AuthorizeResult

    made = bot_app.App

    def authorised(**options: Any) -> Any:
        return made(
            **options,
            authorize=lambda: AuthorizeResult(
                enterprise_id=None,
                team_id="T0BENCH",
                bot_token="xoxb-bench",
                bot_user_id="U0BOT",
                bot_id="B0BOT",
            ),
        )

    limits.PER_MINUTE = 10**9  # one person asks for all; in life they may ask twenty times a minute
    bot_app.App = authorised  # type: ignore[assignment,misc]
    limits.PER_MINUTE = 10**9  # one person asks for all
    env = environment()
    assert env.database_url is not None
    serve(env, env.database_url)


if __name__ == "__main__":
    main()
