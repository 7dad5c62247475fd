"""The roles of the database: an owner who migrates, and the application, who cannot bend the books."""

from urllib.parse import quote

OWNER = "man_owner"
APPLICATION = "man_app"
DATABASE = "man"

# Made by the superuser once, so that migrations never need one.
EXTENSIONS = ("btree_gin", "btree_gist", "citext", "pg_trgm", "unaccent")


def made_by_superuser(*, owner: str, application: str, may_create: bool) -> str:
    """The SQL that makes both roles, with these passwords, and their database.

    It may be run again after it was cut off. In tests the owner makes the test databases.
    """
    createdb = "CREATEDB" if may_create else "NOCREATEDB"
    plain = "LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION"
    return "\n".join(
        [
            f"DROP DATABASE IF EXISTS {DATABASE};",
            f"DROP ROLE IF EXISTS {OWNER}, {APPLICATION};",
            f"CREATE ROLE {OWNER} {plain} {createdb} PASSWORD '{owner}';",
            f"CREATE ROLE {APPLICATION} {plain} NOCREATEDB PASSWORD '{application}';",
            f"CREATE DATABASE {DATABASE} OWNER {OWNER};",
            # Not even temporary tables, which could stand in front of real ones.
            f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC;",
            f"GRANT CONNECT ON DATABASE {DATABASE} TO {APPLICATION};",
            # Nor anything at all in the databases that every server has.
            "REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;",
            *(
                [f"GRANT CONNECT ON DATABASE postgres TO {OWNER};"]
                if may_create
                else []
            ),
            f"\\connect {DATABASE}",
            *(f"CREATE EXTENSION {each};" for each in EXTENSIONS),
        ]
    )


def url(role: str, password: str, host: str) -> str:
    """How a role connects; the host may be the folder of a Unix socket."""
    return f"postgresql://{role}:{password}@{quote(host, safe='')}/{DATABASE}"
