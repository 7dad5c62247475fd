"""The cast. Rosa coordinates; Ana, Ben and Cleo are members; Cleo may never see a thing."""

import pytest
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from members import clock
from members.acting import Acting
from members.actions import found_network, welcome_member
from members.models import Member
from tests import make

PASSWORD = "a-willow-by-the-river"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_blocker
):
    """The owner makes the database; everything that is tested visits it as the application."""
    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        # A worker's thread and a live server keep their last connection open.
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND usename = current_user"
                " AND pid <> pg_backend_pid()"
            )
        connections["default"].close()
        teardown_databases(databases, verbosity=0)


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Argon2 takes its time on purpose; the tests don't have it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def fresh_limits(settings):
    """Nobody has knocked yet: what is counted by the hour begins at zero."""
    mine = {**settings.CACHES["default"], "KEY_PREFIX": make.key().hex}
    settings.CACHES = {"default": mine}


@pytest.fixture
def rosa(db) -> Member:
    return found_network(
        name="Rosa Alvarez", email="rosa@example.org", password=PASSWORD
    )


def a_member(rosa: Member, name: str, email: str | None) -> Member:
    member = welcome_member(by=Acting.as_oneself(rosa), name=name, email=email)
    member.set_password(PASSWORD)
    member.save(update_fields=["password"])
    return member


@pytest.fixture
def ana(rosa) -> Member:
    return a_member(rosa, "Ana Okafor", "ana@example.org")


@pytest.fixture
def ben(rosa) -> Member:
    return a_member(rosa, "Ben de Vries", "ben@example.org")


@pytest.fixture
def cleo(rosa) -> Member:
    return a_member(rosa, "Cleo Stranger", "cleo@example.org")


@pytest.fixture
def edna(rosa) -> Member:
    """Edna has no e-mail and no computer."""
    return a_member(rosa, "Edna Moreau", None)


@pytest.fixture
def gus(rosa) -> Member:
    """Gus has left the network."""
    gus = a_member(rosa, "Gus Lindqvist", "gus@example.org")
    Member.objects.filter(pk=gus.pk).update(left_at=clock.now())
    gus.refresh_from_db()
    return gus
