"""coatpeg serve, demo, migrate and run-job."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from bot.commands.desk import Refused, configured, moment, now
from bot.commands.voice import say, show, tongue
from bot.config import Config, load_config
from bot.database import open_engine, transaction
from bot.log import start_log
from bot.schema import migrate, pending
from bot.writer import Writer
from locales.sentences import D_, Joined

DEMO_FOLDER = Path("demo")


def serve(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8080,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    web: Annotated[bool, typer.Option("--web", help="Take requests.")] = False,
    worker: Annotated[bool, typer.Option("--worker", help="Deliver.")] = False,
    clock: Annotated[bool, typer.Option("--clock", help="Run the jobs.")] = False,
) -> None:
    """Serve: everything in one process, or only the roles named."""
    from bot.app import Roles

    config = configured()
    if pending(config.database_url):
        raise Refused(D_("The database is not up to date: run coatpeg migrate first."))
    roles = Roles(web, worker, clock) if web or worker or clock else Roles()
    _serve(config, roles, host, port)


def _serve(config: Config, roles: object, host: str, port: int) -> None:
    from bot.app import App, Roles
    from bot.server import run

    assert isinstance(roles, Roles)
    start_log([config.telegram_bot_token.get_secret_value(), config.twilio_auth_token.get_secret_value()])
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(App(config, roles), host, port))


def demo(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8080,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin again with an empty database.")] = False,
) -> None:
    """The whole product with one setting's sample families, and a phone to text from. Needs no account and no key."""
    from bot.app import Roles

    config = _demo_config(port)
    if fresh:
        for file in DEMO_FOLDER.glob("coatpeg.*"):
            file.unlink()
    migrate(config.database_url)
    _lay_out(config)
    _say_doors(port)
    _serve(config, Roles(), "127.0.0.1", port)


def _say_doors(port: int) -> None:
    doors = (
        (D_("The phone"), f"http://127.0.0.1:{port}/phone", D_("text as any of the sample parents")),
        (D_("The console"), f"http://127.0.0.1:{port}/console", D_("what came in, what went out, and its state")),
    )
    names = [tongue().desk(name) for name, _, _ in doors]
    show()
    for name, (_, address, what) in zip(names, doors, strict=True):
        show(f"  {name.ljust(max(map(len, names)))}   {address.ljust(len(doors[1][1]))}    {tongue().desk(what)}")
    show()


def _demo_config(port: int) -> Config:
    """The demo reads no provider's account, even where one is configured."""
    DEMO_FOLDER.mkdir(exist_ok=True)
    return load_config(
        _env_file=None,
        demo=True,
        database_url=f"sqlite:///{DEMO_FOLDER}/coatpeg.db",
        public_url=f"http://127.0.0.1:{port}",
        secret_key=secrets.token_urlsafe(32),
        telegram_bot_token="",
        twilio_account_sid="",
        twilio_auth_token="",
        twilio_from="",
        test_numbers=True,
    )


def _lay_out(config: Config) -> None:
    from nursery.families import import_families
    from nursery.family_list import read_rows
    from nursery.sample import FAMILIES, lay_out_sample

    engine = open_engine(config.database_url)
    with transaction(engine) as session:
        import_families(session, read_rows(FAMILIES), now(), test_numbers=True)
        lay_out_sample(session, now())
    engine.dispose()


def migrate_command() -> None:
    """Bring the database to this version. A SQLite file is copied first, since its changes can't be undone."""
    kept = migrate(configured().database_url)
    if kept:
        say(D_("The database is up to date. A copy of what it was: %(file)s"), file=kept)
    else:
        say(D_("The database is up to date."))


def run_job(
    name: Annotated[str, typer.Argument(help="A job's name, such as remind_events.")],
    at: Annotated[str | None, typer.Option(help="The moment to run it as of, ISO.")] = None,
) -> None:
    """Run one job as of a moment. A second time adds nothing."""
    from scheduler import JOBS

    known = {job.name: job for job in JOBS}
    if name not in known:
        raise Refused(
            D_("There is no job called %(name)s. The jobs: %(known)s."), name=name, known=Joined(sorted(known))
        )
    added = asyncio.run(_run(known[name].run, moment(at)))
    show(f"{name}: {added}")


async def _run(job: object, at: datetime) -> int:
    engine = open_engine(configured().database_url)
    writer = Writer(engine)
    try:
        return int(await job(writer, at))  # type: ignore[operator]
    finally:
        await writer.close()
        engine.dispose()


COMMANDS: Mapping[str, Callable[..., None]] = {
    "demo": demo,
    "serve": serve,
    "migrate": migrate_command,
    "run-job": run_job,
}


def add_to(cli: typer.Typer) -> None:
    """Adds every command that a server is started with or kept by."""
    for name, command in COMMANDS.items():
        cli.command(name)(command)
