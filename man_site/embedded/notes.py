"""Which steps were done for the code as it is now, so that a later start leaves them out."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from man_site.embedded.data_folder import CHECKOUT, DataFolder

# Nothing in them changes a table or a style sheet.
ASIDE = {"__pycache__", "bench", "docs", "tests", "var"}


class Notes:
    """Notes in the data folder; each holds until a file of the code changes."""

    def __init__(self, folder: DataFolder, account: str) -> None:
        self._folder = folder.path
        # What one account collected, another may not be able to write anew.
        now = "\n".join([account, *sorted(_files())])
        self._now = hashlib.sha256(now.encode()).hexdigest()

    def say_done(self, step: str) -> bool:
        """Whether the step was done for this very code."""
        note = self._file(step)
        return note.exists() and note.read_text() == self._now

    def write(self, step: str) -> None:
        """Note that the step is done."""
        self._file(step).write_text(self._now)

    def _file(self, step: str) -> Path:
        return self._folder / f"{step}.done"


def _files() -> Iterator[str]:
    for folder, below, names in os.walk(CHECKOUT):
        below[:] = [name for name in below if name not in ASIDE and name[0] != "."]
        for path in (Path(folder, name) for name in names):
            seen = path.stat(follow_symlinks=False)
            yield f"{path} {seen.st_size} {seen.st_mtime_ns}"
