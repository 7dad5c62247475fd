"""What a Django process is told by its surroundings."""

import os
from collections.abc import Mapping

from man_site.embedded import keys
from man_site.embedded.data_folder import CHECKOUT, DataFolder

FIRST_PORT = 8000


def has_servers(environ: Mapping[str, str]) -> bool:
    """Whether a database is named, by the environment or in `.env`."""
    if environ.get("DATABASE_URL"):
        return True
    settings = CHECKOUT / ".env"
    return settings.is_file() and any(
        line.strip().removeprefix("export ").startswith("DATABASE_URL=")
        for line in settings.read_text().splitlines()
    )


def of_demo(
    folder: DataFolder, environ: Mapping[str, str], address: str = ""
) -> dict[str, str]:
    """What the demo network sets; what the caller has set stands."""
    return {
        "DEMO": "true",
        "NETWORK_NAME": "Willow Street",
        "PUBLIC_URL": address or address_of(folder),
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "HTTPS": "false",
        # Letters are put into a folder: nobody of the demo has a real address.
        "EMAIL_URL": f"file:///{folder.letters}",
        "SECRET_KEY": keys.kept_in(folder.keys).secret_key,
        "STATIC_ROOT": str(folder.static),
        **environ,
        "DEMO_DATA": str(folder.path),
    }


def of_services(environ: Mapping[str, str]) -> dict[str, str]:
    """The same without what web and worker must never hear: the owner's password."""
    return {
        name: value for name, value in environ.items() if name != "DATABASE_OWNER_URL"
    }


def address_of(folder: DataFolder) -> str:
    """Where the demo network answers, or last did."""
    if folder.address.exists():
        return folder.address.read_text().strip()
    return f"http://127.0.0.1:{os.environ.get('PORT', FIRST_PORT)}"
