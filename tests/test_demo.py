"""`make demo` from its first step to Ctrl-C, and through the death of each of its processes."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.demo import Demo, a_demo, a_folder, wait_until

SERVICES = ("gunicorn", "man_site worker", "man_site beat")


@pytest.fixture
def demo():
    with a_demo() as demo:
        yield demo


def test_it_serves_a_page_and_ctrl_c_stops_everything(demo):
    assert demo.page() == 200
    assert demo.folder.sign_ins.read_text().strip() in demo.said()
    second = demo.run(subprocess.run, capture_output=True, text=True)
    assert second.returncode == 0
    assert second.stdout.endswith(f"already runs: http://127.0.0.1:{demo.port}\n")
    told = [Path(f"/proc/{pid}/environ").read_text() for pid in demo.processes()]
    assert sum("DATABASE_URL=" in each for each in told) >= len(SERVICES)
    assert not any("man_owner" in each for each in told), "the owner's password is told"

    demo.process.send_signal(signal.SIGINT)

    assert demo.process.wait(30) == 0
    assert not demo.processes()


def test_whatever_is_killed_comes_back_and_nothing_outlives_the_supervisor(demo):
    for words in (*SERVICES, "bin/postgres", "valkey-server", "embedded.keeper"):
        killed = demo.chief(words)
        os.kill(killed, signal.SIGKILL)
        wait_until(
            lambda words=words, killed=killed: demo.chief(words) not in {None, killed}
        )
        wait_until(lambda: demo.page() == 200)
    assert demo.said().count("starting it again.") == 6

    demo.process.kill()

    wait_until(lambda: not demo.processes())


def test_commands_work_from_a_bare_shell_without_a_demo():
    """The servers come for the command, and go with it; the data stays."""
    with a_folder() as folder:
        demo = Demo(folder)
        for words in (["migrate", "-v0"], ["fill_demo"], ["check_books"]):
            said = demo.command(*words)
        assert "Every unit sums to zero" in said
        wait_until(lambda: not demo.servers())
