"""The `partsplan` command. Exit codes: 0 ok, 1 refused, 2 usage.

Each command imports what it needs when it runs, so that `partsplan bot` never loads what only jobs use.
"""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    name="partsplan",
    help="PartsPlan runs a parts company's sales plan from Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
audit = typer.Typer(help="The history of every change.", no_args_is_help=True)
app.add_typer(audit, name="audit")

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the local workspace is served.")] = 8484,
    browser: Annotated[bool, typer.Option(help="Open it in the browser.")] = True,
    company: Annotated[
        str, typer.Option(help="`sample`, or a folder with a feed and its mapping.")
    ] = "sample",
) -> None:
    """The whole product in a local Slack-like workspace, with a company in it. All on this machine."""
    from cli.demo import run_demo

    run_demo(port=port, browser=browser, company=company)


@app.command()
def bot() -> None:
    """Serve Slack: over HTTP, or by socket where SLACK_APP_TOKEN is set."""
    from bot.server import serve
    from cli.wiring import required_environment, url_of

    environment = required_environment()
    serve(environment, url_of(environment))


@app.command()
def worker() -> None:
    """Run the clock and the queue. Any number may run, on any number of machines."""
    from cli.wiring import required_environment, url_of
    from jobs.worker import run_worker
    from templates.rules.channel_paused.layout import notice

    environment = required_environment()
    run_worker(environment, url_of(environment), notice=notice)


@app.command()
def migrate() -> None:
    """Bring the database to this version."""
    from cli.wiring import engine_of
    from gateways.database.migrate import current_version, newest_version
    from gateways.database.migrate import migrate as bring_up
    from gateways.environment import environment

    engine = engine_of(environment())
    before = current_version(engine)
    bring_up(engine)
    typer.echo(f"database at {newest_version()}" + (" already" if before == newest_version() else ""))


@app.command(name="import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="Folders of a bulk feed, spreadsheets, settings.toml.")],
    mapping: Annotated[
        Path | None, typer.Option(help="Folder with one SQL file per canonical table.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge and count; write nothing.")] = False,
    as_table: Annotated[
        str | None, typer.Option("--as", help="What a spreadsheet holds, if not plain.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Take back people who were erased and are in the feed again.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Import a feed or spreadsheets: all problems at once, nothing written when refused."""
    from cli.data import run_import

    raise typer.Exit(
        run_import(paths, mapping=mapping, dry_run=dry_run, table=as_table, as_json=as_json, readmits=force)
    )


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="settings.toml to write; `-` prints it.")],
) -> None:
    """Write the company's settings into a file that `partsplan import` reads back exactly."""
    from cli.data import run_export

    run_export(file)


@app.command()
def jobs(as_json: Json = False) -> None:
    """The scheduled jobs with their next and last run."""
    from cli.work import show_jobs

    show_jobs(as_json=as_json)


@app.command()
def run(
    job: Annotated[str, typer.Argument(help="A job's name, as `partsplan jobs` lists it.")],
    at: Annotated[str | None, typer.Option(help="Replay it as of this instant, 2019-11-15T09:00.")] = None,
    as_json: Json = False,
) -> None:
    """Run a job now, or replay any day. The same instant again posts nothing twice."""
    from cli.work import run_job

    raise typer.Exit(run_job(job, _instant(at), as_json=as_json))


@app.command()
def doctor(
    online: Annotated[
        bool, typer.Option("--online", help="Show Slack every message in every language.")
    ] = False,
    language: Annotated[str, typer.Option(help="en, zh-Hant or zh-Hans.")] = "en",
    as_json: Json = False,
) -> None:
    """Check tokens, scopes, channels, calendar, database and delivery; each finding with its fix."""
    from cli.doctor import run_doctor
    from domain.names import negotiate

    locale = negotiate(language)
    if locale is None:
        raise typer.BadParameter(f"--language {language}: give en, zh-Hant or zh-Hans")
    raise typer.Exit(run_doctor(online=online, as_json=as_json, language=locale))


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write the copy; its manifest lies beside it.")],
    as_json: Json = False,
) -> None:
    """Write a copy of the whole database, while everything goes on running."""
    from cli.backup import run_backup

    raise typer.Exit(run_backup(file, as_json=as_json))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A copy made by `partsplan backup`.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what the database holds now.")] = False,
    as_json: Json = False,
) -> None:
    """Bring a copy back, checked, with nothing posted twice. Stop the bot and the workers first."""
    from cli.backup import run_restore

    raise typer.Exit(run_restore(file, force=force, as_json=as_json))


@app.command()
def manifest(
    url: Annotated[
        str | None, typer.Option(help="https://your.host/slack/events; without it: Socket Mode.")
    ] = None,
) -> None:
    """Print the Slack app manifest, to paste where Slack asks for one."""
    import json

    from bot.manifest import manifest as made

    typer.echo(json.dumps(made(request_url=url), indent=2, ensure_ascii=False))


@app.command()
def forget(
    person: Annotated[str, typer.Argument(help="Employee code, e-mail or whole name.")],
    reason: Annotated[str, typer.Option(help="Why; it stays in the history, so name nobody.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Erase a person: names, addresses and messages go, sales figures stay under a number. No way back."""
    from cli.forget import run_forget

    raise typer.Exit(run_forget(person, reason=reason, yes=yes, as_json=as_json))


@audit.command()
def verify(
    head: Annotated[
        str | None, typer.Option(help="An end of history kept elsewhere, as `audit head` printed it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Prove that nobody has changed, removed, swapped or inserted a row of the history."""
    from cli.work import verify_audit

    raise typer.Exit(verify_audit(head, as_json=as_json))


@audit.command()
def head() -> None:
    """Print where the history ends. Kept outside the database, it proves later that nothing was rewritten."""
    from cli.work import show_head

    show_head()


def _instant(written: str | None) -> datetime | None:
    if written is None:
        return None
    try:
        return datetime.fromisoformat(written)
    except ValueError as wrong:
        raise typer.BadParameter(f"--at {written!r} is not an instant; write 2019-11-15T09:00") from wrong


def run_cli(arguments: list[str] | None = None) -> Any:
    """The command, with a refusal as one sentence instead of a trace."""
    from cli.wiring import Refused

    try:
        return app(arguments)
    except Refused as refused:
        typer.echo(str(refused), err=True)
        return sys.exit(1)


def main() -> None:
    """Entry point of the installed command."""
    run_cli()
