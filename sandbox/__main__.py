"""`python -m sandbox`: an empty workspace in the foreground, optionally with an app."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from sandbox.server import serve
from sandbox.workspace import Workspace


def main() -> None:
    """Read the arguments, print the credentials, serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8484)
    parser.add_argument("--manifest", type=Path, help="JSON manifest of an app to install")
    parser.add_argument(
        "--request-url", default="", help="where the app listens; replaces the manifest's URLs"
    )
    chosen = parser.parse_args()
    workspace = Workspace()
    for name in ("alice", "bob", "charlie"):
        workspace.add_user(name, is_admin=name == "alice")
    workspace.add_channel("general")
    if chosen.manifest:
        declared = json.loads(chosen.manifest.read_text(encoding="utf-8"))
        app = workspace.install_app(declared, request_url=chosen.request_url, channels_=["general"])
        print(f"SLACK_BOT_TOKEN={app.bot_token}")
        print(f"SLACK_APP_TOKEN={app.app_token}")
        print(f"SLACK_SIGNING_SECRET={app.signing_secret}")
    print(f"SLACK_API_URL=http://127.0.0.1:{chosen.port}/api/")
    serve(workspace, chosen.port)


if __name__ == "__main__":
    main()
