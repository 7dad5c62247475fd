"""The living style page: for those who build, and in the demo."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from man_site.style import EveryFieldForm

URL = reverse("style")
HOME = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.django_db


def test_where_nobody_builds_there_is_no_such_page(client, ana):
    assert client.get(URL).status_code == 404

    client.force_login(ana)
    assert client.get(URL).status_code == 404


@pytest.mark.parametrize("place", ["DEMO", "DEBUG"])
def test_builders_and_the_demo_see_it(client, settings, place):
    setattr(settings, place, True)

    assert client.get(URL).status_code == 200


def test_it_shows_each_token_and_each_part(client, settings):
    settings.DEMO = True
    text = client.get(URL).text

    tokens = set(re.findall(r"^\s+(--[\w-]+):", read("static/css/tokens.css"), re.M))
    parts = {path.name for path in (HOME / "templates/parts").glob("_*.html")}
    shown = read("templates/man_site/style.html") + read("templates/parts/_form.html")
    assert {token for token in tokens if f"<code>{token}</code>" not in text} == set()
    assert {part for part in parts if f"parts/{part}" not in shown} == {"_fields.html"}


def test_what_may_stay_open_says_so_and_a_box_never_has_to():
    form = EveryFieldForm()

    marked = {field.name for field in form if "(optional)" in field.as_field_group()}

    assert marked == {"more", "times", "at", "paper"}


def test_a_fields_faults_and_help_are_tied_to_it():
    form = EveryFieldForm({})

    what, told = form["what"].as_field_group(), form["told"].as_field_group()

    assert 'aria-describedby="id_what_helptext id_what_error"' in what
    assert 'id="id_what_helptext"' in what
    assert 'id="id_what_error"' in what
    assert 'aria-describedby="id_told_helptext"' in told
    assert told.count("<label") == 1


def read(path: str) -> str:
    return (HOME / path).read_text()
