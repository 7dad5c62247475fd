"""The passwords of an embedded network: made once, at random, and kept from the web."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Keys:
    """One password for each role of the database, and Django's own secret.

    They are words of letters, digits, `-` and `_`, so they need no quoting anywhere.
    """

    superuser: str
    owner: str
    application: str
    secret_key: str


def kept_in(path: Path) -> Keys:
    """Read the keys; make them first if there are none."""
    if not path.exists():
        _write(path, Keys(*(secrets.token_urlsafe(36) for _ in range(4))))
    return Keys(**json.loads(path.read_text()))


def _write(path: Path, keys: Keys) -> None:
    # Linked into place when whole: nobody reads half a file, and of two writers one wins.
    draft = path.with_suffix(f".{os.getpid()}")
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w") as file:
        json.dump(asdict(keys), file)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
