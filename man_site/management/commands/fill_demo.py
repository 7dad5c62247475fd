"""`manage.py fill_demo`: found Willow Street, and let the worker fill in the rest."""

from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand

from man_site import willow_street

SIGN_INS = """\
  a member        {member}
  a coordinator   {coordinator}
  a treasurer     {treasurer}
  password        {password}
"""


class Command(BaseCommand):
    """Make the demo network. Run again, it changes nothing."""

    help = "Found the demo network, Willow Street."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Found it, and write the sign-ins where `make demo` reads them."""
        willow_street.found_willow_street()
        current_app.send_task("man_site.tasks.fill_street", retry=False)
        sign_ins = SIGN_INS.format(
            member=willow_street.email_of(willow_street.MEMBER),
            coordinator=willow_street.email_of(willow_street.FOUNDER),
            treasurer=willow_street.email_of(willow_street.TREASURER),
            password=willow_street.PASSWORD,
        )
        if settings.DEMO_DATA:
            (Path(settings.DEMO_DATA) / "sign-ins.txt").write_text(sign_ins)
        self.stdout.write(sign_ins)
