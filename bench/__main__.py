"""`python -m bench`: measure, report, and prove the books afterwards."""

import argparse
import signal
import sys
import time

from bench import report
from bench.figures import figures_under
from bench.rounds import Readings, rounds, slices_for
from bench.servers import servers_for_a_run
from bench.stage import Stage, set_up
from man_site.embedded.data_folder import Refused

# Rounds begin as long as they end by then; proof and tidying up come after.
SECONDS = 150


def main() -> int:
    """Run the bench; 1 if the books don't balance, or with --strict if goals are missed."""
    asked = _read_options()
    figures = figures_under(asked.only)
    if not figures:
        print("No figure has such a name.")
        return 2
    slices = slices_for(figures)
    began = time.monotonic()
    print("Making servers, databases and roles of our own …", flush=True)
    with servers_for_a_run() as server:
        with set_up(server, {each.place for each in slices}) as stage:
            print(f"Ready after {time.monotonic() - began:.0f} s; measuring:", end="")
            measured: list[Readings] = []
            for readings in rounds(stage, slices, asked.rounds, began + SECONDS):
                measured.append(readings)
                print(f" {len(measured)}", end="", flush=True)
            report.show(figures, measured)
            are_sound = _prove(stage)
        seconds = time.monotonic() - began
    report.write(figures, measured, seconds)
    print(f"{seconds:.0f} s, {len(measured)} rounds; see {report.LATEST}.")
    missed = report.missed(figures, measured)
    if asked.strict and missed:
        print(f"Far from its goal: {', '.join(missed)}")
    return 0 if are_sound and not (asked.strict and missed) else 1


def _read_options() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    reader.add_argument("--rounds", type=int, default=9, help="at most so many (9)")
    reader.add_argument(
        "--only",
        type=lambda words: words.split(","),
        default=[],
        metavar="ledger.,pages.",
        help="only figures whose names begin so",
    )
    reader.add_argument(
        "--strict", action="store_true", help="fail below 0.8 of a goal"
    )
    return reader.parse_args()


def _prove(stage: Stage) -> bool:
    """Prove the books after all that load. However quick it was, this must hold."""
    faults = stage.faults()
    for name, found in faults.items():
        print(
            f"\nThe {name} books " + (f"are BROKEN: {found}" if found else "balance.")
        )
    return not any(faults.values())


def _interrupt(*_signal: object) -> None:
    """Stop once; whoever is impatient doesn't cut the tidying up short."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        code = main()
    except KeyboardInterrupt:
        code = 130
        print("\nStopped; everything of ours is removed.")
    except (Refused, RuntimeError) as refusal:
        code = 1
        print(f"\n{refusal}")
    sys.exit(code)
