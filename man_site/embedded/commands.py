"""`manage.py` from a bare shell: the servers of the demo network, for one command."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from man_site.embedded import environment
from man_site.embedded.data_folder import DataFolder, Refused
from man_site.embedded.servers import Servers


@contextmanager
def servers_for_a_command() -> Iterator[None]:
    """Use the servers that the environment names, or else those of the demo network."""
    if environment.has_servers(os.environ):
        yield
        return
    folder = DataFolder.named_in(os.environ)
    servers = Servers(folder)
    try:
        servers.join()
        os.environ.update(environment.of_demo(folder, {**os.environ, **servers.urls()}))
    except Refused as refusal:
        sys.exit(str(refusal))
    try:
        yield
    finally:
        servers.leave()
