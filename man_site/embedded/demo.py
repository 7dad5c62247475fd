"""`make demo`: the whole network in the foreground, until Ctrl-C."""

import os
import signal
import socket
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from man_site.embedded import accounts, environment
from man_site.embedded.accounts import Account
from man_site.embedded.data_folder import CHECKOUT, DataFolder, Refused
from man_site.embedded.notes import Notes
from man_site.embedded.processes import Kept, Program, last_lines
from man_site.embedded.programs import Programs
from man_site.embedded.servers import Servers
from man_site.embedded.steps import run, say, step

SECONDS_TO_ANSWER = 60
PORTS_TO_TRY = 20


class Demo:
    """One network with its servers, its web site, its worker and its clock."""

    def __init__(self, folder: DataFolder, listening: socket.socket) -> None:
        self._folder = folder
        self._listening = listening
        self._port = listening.getsockname()[1]
        self._kept: list[Kept] = []
        given = environment.has_servers(os.environ)
        self._servers = None if given else Servers(folder)
        self._told = {
            file: _size(file) for file in (folder.log / "keeper.log", folder.progress)
        }

    @property
    def address(self) -> str:
        """Where people find it."""
        return f"http://127.0.0.1:{self._port}"

    def bring_up(self) -> None:
        """Take every step up to the first page."""
        self._folder.address.write_text(self.address)
        environ = dict(os.environ)
        if self._servers:
            with step("PostgreSQL and Valkey"):
                self._servers.join()
            environ |= self._servers.urls()
        environ = environment.of_demo(self._folder, environ, self.address)
        account = _account_of_site(self._folder)
        self._folder.give_to_site(account)
        notes = Notes(self._folder, account.name)
        # The owner's password is for the tables alone, so that step stays with the caller.
        by_owner = Programs(self._folder, accounts.mine(), environ)
        services = Programs(self._folder, account, environment.of_services(environ))
        collect = services.command("collectstatic", "--noinput")
        self._run_once(notes, "Style sheets and scripts", collect)
        # Meanwhile the web wakes up, on the other core.
        web = self._keep(services.web(self._listening.fileno()))
        self._run_once(notes, "Tables", by_owner.command("migrate"))
        run("People and their hours", services.command("fill_demo"))
        with step("The first page"):
            self._wait_for_page(web)
        # Last, so that they don't take the cores from the first page.
        self._keep(services.worker())
        self._keep(services.clock())

    def greet(self) -> None:
        """Say where it is, and who can sign in."""
        say(f"\nOpen {self.address}")
        if self._folder.sign_ins.exists():
            say(self._folder.sign_ins.read_text().rstrip())
        say(f"Ctrl-C stops everything and keeps the data. Logs: {self._folder.log}\n")

    def look_after(self) -> None:
        """Keep everything running, and tell what happens, until somebody stops it."""
        while True:
            for kept in self._kept:
                kept.look_after()
            self._see_to_servers()
            self._tell_news()
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop the web, the worker and the clock in this order, and the servers after them."""
        self._listening.close()
        for kept in self._kept:
            kept.ask_to_end()
        for kept in self._kept:
            kept.stop()
        if self._servers:
            self._servers.leave()

    def _run_once(self, notes: Notes, title: str, program: Program) -> None:
        """Run a step, unless it was done for the same code in the same folder."""
        # A database that we were given may be another one by now.
        if self._servers and notes.say_done(program.name):
            return
        run(title, program)
        notes.write(program.name)

    def _keep(self, program: Program) -> Kept:
        program.log.unlink(missing_ok=True)
        kept = Kept(program, say)
        self._kept.append(kept)
        kept.start()
        return kept

    def _wait_for_page(self, web: Kept) -> None:
        until = time.monotonic() + SECONDS_TO_ANSWER
        while not self._answers():
            if web.pid is None or time.monotonic() > until:
                raise Refused(f"No page comes:\n{last_lines(web.program.log)}")
            time.sleep(0.02)

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status < 500
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def _see_to_servers(self) -> None:
        try:
            if self._servers and self._servers.see_to_keeper():
                say("The keeper of PostgreSQL and Valkey ended; starting it again.")
        except Refused as refusal:
            say(str(refusal))

    def _tell_news(self) -> None:
        """Say what the keeper and the worker have written since the last look."""
        for file, told in self._told.items():
            size = _size(file)
            if size > told:
                with file.open("rb") as opened:
                    opened.seek(told)
                    say(opened.read().decode(errors="replace").rstrip())
            self._told[file] = size


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _account_of_site(folder: DataFolder) -> Account:
    """Who serves the pages: the servers' account, unless it cannot read the code."""
    caller = accounts.mine()
    if folder.servers == caller:
        return caller
    name = folder.servers.name
    words = [
        sys.executable,
        "-c",
        "import django; open('man_site/settings.py').close()",
    ]
    if folder.servers.may_run(words, CHECKOUT):
        say(f"  Started as root: all that serves runs as {name}.")
        return folder.servers
    say(
        f"  Started as root, and {name} cannot read {CHECKOUT} or its Python: PostgreSQL and "
        f"Valkey run as {name}, the pages and the worker as root."
    )
    return caller


def _listen() -> socket.socket:
    """A socket on the wanted port, or on the next free one if none was wanted."""
    wanted = os.environ.get("PORT", "")
    if wanted and not wanted.isdecimal():
        raise Refused(f"PORT={wanted} is no number.")
    first = int(wanted or environment.FIRST_PORT)
    for port in range(first, first + (1 if wanted else PORTS_TO_TRY)):
        try:
            listening = socket.create_server(("127.0.0.1", port), backlog=1024)
        except (OSError, OverflowError):
            continue
        if port != first:
            say(f"  Port {first} is taken, so this network answers on {port}.")
        return listening
    raise Refused(
        f"Port {first} is taken: choose another, e.g. `PORT={first + 1} make demo`."
    )


def _end_on_signals() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        # Under nohup it stays ignored.
        signal.signal(signal.SIGHUP, signal.default_int_handler)


def _run(folder: DataFolder) -> None:
    demo = Demo(folder, _listen())
    try:
        demo.bring_up()
        demo.greet()
        demo.look_after()
    except KeyboardInterrupt:
        say()
    finally:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        with step("Everything stopped"):
            demo.stop()


def main() -> int:
    """Run the demo network, unless it already runs."""
    _end_on_signals()
    folder = DataFolder.named_in(os.environ)
    try:
        folder.make()
        if not folder.lock("demo").try_alone():
            address = environment.address_of(folder)
            say(f"The network in {folder.path} already runs: {address}")
            return 0
        say(f"A demo network in {folder.path}")
        _run(folder)
    except Refused as refusal:
        say(str(refusal))
        return 1
    except KeyboardInterrupt:
        pass
    return 0
