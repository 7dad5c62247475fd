"""The rules of the house, read from the code itself."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tests import make
from tests.who_may_open import PAGES, a_world

HOME = Path(__file__).parent.parent
ROOMS = ["man_site", "members", "ledger", "timebank"]
PRODUCT = [
    path
    for room in [*ROOMS, "bench", "tests"]
    for path in sorted((HOME / room).rglob("*.py"))
    if "migrations" not in path.parts
]
# Read once, and before a browser's test brings its loop into this process: Python 3.11 then
# loses count of its own depth now and then.
TREES = {path: ast.parse(path.read_text()) for path in PRODUCT}
ELSEWHERE = {".git", ".venv", "var", "__pycache__", ".mypy_cache", ".ruff_cache"}
ELSEWHERE |= {".pytest_cache", ".hypothesis", ".import_linter_cache", "node_modules"}


def named(path: Path) -> str:
    return str(path.relative_to(HOME))


def test_no_module_is_longer_than_400_lines():
    long = {named(path): len(path.read_text().splitlines()) for path in PRODUCT}

    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_no_function_is_longer_than_40_lines():
    long = {}
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                lines = node.end_lineno - node.lineno + 1
                if ast.get_docstring(node):
                    words = node.body[0]
                    lines -= words.end_lineno - words.lineno + 1
                if lines > 40:
                    long[f"{named(path)}:{node.name}"] = lines

    assert long == {}


BELOW_THE_DOORS = {
    "actions",
    "deeds",
    "models",
    "notices",
    "permissions",
    "policies",
    "signals",
    "statements",
}
OF_THE_WEB = re.compile(
    r"django\.(http|shortcuts|views|template\.response)\b|rest_framework"
)


def test_below_the_doors_nothing_knows_http():
    found = []
    for path in PRODUCT:
        room, tier, *_ = [*path.relative_to(HOME).parts, ""]
        if room == "tests" or tier.removesuffix(".py") not in BELOW_THE_DOORS:
            continue
        for node in ast.walk(TREES[path]):
            names = []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            found += [
                f"{named(path)}: {name}" for name in names if OF_THE_WEB.match(name)
            ]

    assert found == []


@pytest.mark.parametrize("room", ROOMS)
def test_everything_public_says_what_it_means(room):
    silent = []
    for path in sorted((HOME / room).rglob("*.py")):
        if "migrations" in path.parts or not path.read_text().strip():
            continue
        tree = TREES[path]
        if path.name not in ("apps.py", "urls.py") and not ast.get_docstring(tree):
            silent.append(named(path))
        for node in tree.body:
            is_public = isinstance(node, ast.FunctionDef | ast.ClassDef) and (
                not node.name.startswith("_")
            )
            if is_public and path.name != "apps.py" and not ast.get_docstring(node):
                silent.append(f"{named(path)}:{node.name}")

    assert silent == []


def committed_files():
    for path in HOME.rglob("*"):
        if path.is_file() and not ELSEWHERE & set(path.relative_to(HOME).parts):
            yield path


def test_no_machine_and_no_registry_is_named_in_a_file():
    """Whoever clones this has other paths, and may have other registries."""
    of_a_machine = re.compile(
        rb"(?<![\w.~])/(?:work|root)/|find-links|index-url(?!\b.*--no-emit)"
    )
    found = []
    for path in committed_files():
        if path == Path(__file__):
            continue
        text = path.read_bytes()
        if of_a_machine.search(text.replace(b"--no-emit-index-url", b"")):
            found.append(named(path))
        if path.parent.name == "requirements" and b"://" in text:
            found.append(named(path))

    assert found == []


FORBIDDEN_WORDS = re.compile(
    r"\b(wallet|donat\w+|payee|payer|client|transaction|admin)\b", re.I
)


def test_pages_and_letters_speak_the_words_of_the_field():
    found = {}
    for path in sorted((HOME / "templates").rglob("*.*")):
        text = re.sub(
            r"{#.*?#}|<[^>]*>|{%\s*comment.*?endcomment\s*%}",
            "",
            path.read_text(),
            flags=re.S,
        )
        if words := FORBIDDEN_WORDS.findall(text):
            found[named(path)] = words

    assert found == {}


def test_the_application_may_do_with_a_table_what_its_model_says():
    narrowed = {
        model._meta.db_table: model.application_may
        for model in apps.get_models()
        if hasattr(model, "application_may")
    }

    assert narrowed == {
        "ledger_account": "SELECT",
        "ledger_bookscheck": "SELECT, INSERT",
        "ledger_transfer": "SELECT",
        "ledger_limitchange": "SELECT",
        "members_agreementversion": "SELECT, INSERT",
        "members_lifestep": "SELECT, INSERT",
        "members_namechange": "SELECT, INSERT, DELETE",
        "members_opened": "SELECT, INSERT, DELETE",
        "members_policystart": "SELECT, INSERT",
        "members_policyversion": "SELECT, INSERT",
        "members_scan": "SELECT, INSERT, DELETE",
        "members_signature": "SELECT, INSERT, UPDATE",
    }


def every_page(resolver=None, before=""):
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            name = f"{before}{one.namespace}:" if one.namespace else before
            yield from every_page(one, name)
        elif isinstance(one, URLPattern) and not str(one.name).startswith("account_"):
            yield before + one.name


def test_every_page_stands_in_the_table_once():
    assert sorted(every_page()) == sorted(row[0] for row in PAGES)


@pytest.mark.django_db
def test_who_may_open_which_page(client, rosa, ana, ben, cleo):
    world = a_world(rosa, ana, ben, cleo)
    answers = []
    for page, *_rest in PAGES:
        about = _rest[1](world) if len(_rest) > 1 else []
        found = []
        for who in (None, cleo, ana, rosa):
            client.logout()
            if who:
                client.force_login(who)
            found.append(str(client.get(make.address(page, *about)).status_code))
        answers.append((page, " ".join(found)))

    assert answers == [row[:2] for row in PAGES]


@pytest.mark.django_db
def test_every_page_carries_the_strict_headers(client, ana):
    client.force_login(ana)

    headers = client.get("/").headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert re.fullmatch("[0-9a-f]{12}", headers["X-Request-Id"])
