"""A local workspace that behaves like Slack at the wire: for demos, for tests, for anybody's bot.

It imports nothing else of this repository. See README.md in this folder.
"""

from sandbox.clock import RealClock, VirtualClock
from sandbox.deliver.wire import Outcome
from sandbox.faults import Fault
from sandbox.model import App, Channel, User
from sandbox.person import Person
from sandbox.screen import VisibleMessage, VisibleView
from sandbox.server import SandboxServer, serve
from sandbox.settings import Settings
from sandbox.workspace import Workspace

__all__ = [
    "App",
    "Channel",
    "Fault",
    "Outcome",
    "Person",
    "RealClock",
    "SandboxServer",
    "Settings",
    "User",
    "VirtualClock",
    "VisibleMessage",
    "VisibleView",
    "Workspace",
    "serve",
]
