"""A demo network, run as people run it, and looked at from outside."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from man_site.embedded import living
from man_site.embedded.data_folder import CHECKOUT, DataFolder

OURS = (
    "CACHE_PREFIX",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "REDIS_URL",
    "STATIC_ROOT",
    "STATIC_STORAGE",
)


class Demo:
    """A demo network, run as people run it."""

    def __init__(self, folder):
        self.folder = DataFolder(folder)
        self.port = free_port()
        # Not the servers of this test run, but its own.
        without = {
            name: value for name, value in os.environ.items() if name not in OURS
        }
        self.environ = without | {"DEMO_DATA": str(folder), "PORT": str(self.port)}
        self.output = folder / "output"

    def start(self):
        with self.output.open("wb") as output:
            self.process = self.run(subprocess.Popen, stdout=output, stderr=output)
        wait_until(
            lambda: "Ctrl-C" in self.said() or self.process.poll() is not None, 60
        )
        assert self.process.poll() is None, self.said()

    def run(self, how, **more):
        words = [sys.executable, "-m", "man_site.embedded"]
        return how(words, cwd=CHECKOUT, env=self.environ, **more)

    def command(self, *words):
        """What one of Django's commands says from a bare shell."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=CHECKOUT,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def servers(self):
        """The servers' processes."""
        return [
            pid for name in ("postgres", "valkey-server") for pid in self.living(name)
        ]

    def said(self):
        return self.output.read_text()

    def page(self):
        """The status of the first page, or nothing if nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def processes(self):
        """Every process of the network but the first."""
        found = set(self.servers())
        pythons = living.named("python", "man_site")
        return found | {pid for pid in pythons if self.is_told(pid)} - {
            self.process.pid
        }

    def living(self, name):
        return living.named(name, self.folder.mark)

    def is_told(self, pid):
        try:
            told = Path(f"/proc/{pid}/environ").read_text(errors="replace")
            words = Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        except OSError:
            # It has ended, or is somebody else's.
            return False
        return (
            f"DEMO_DATA={self.folder.path}\0" in told or str(self.folder.path) in words
        )

    def chief(self, words):
        """The one that others of this command descend from, if there is one."""
        return min(
            (pid for pid in self.processes() if words in command_of(pid)), default=None
        )

    def latest(self, words):
        """The last of those that are called so, a child of the others."""
        return max(pid for pid in self.processes() if words in command_of(pid))


def command_of(pid):
    try:
        return (
            Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")
        )
    except OSError:
        return ""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def wait_until(question, seconds=20):
    until = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


@contextmanager
def a_folder():
    """A folder that the servers may enter, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="man-demo-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def a_demo():
    """A demo that runs in a folder of its own, and is killed afterwards."""
    with a_folder() as folder:
        demo = Demo(folder)
        try:
            demo.start()
            yield demo
        finally:
            demo.process.kill()
            demo.process.wait()
            wait_until(lambda: not demo.processes())
