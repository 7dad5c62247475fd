"""Words as they are looked up: small letters without accents; and near misses of them."""

from django.db import migrations

# All three are trusted extensions: the owner of the database may make them.
EXTENSIONS = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
"""
# unaccent() alone depends on a dictionary that could be changed, so PostgreSQL does not call
# it immutable. Ours names the one that comes with it.
FOLDED = """
CREATE FUNCTION members_folded(words text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, words)) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0001_members_roles_notices")]
    operations = [
        # Left where they are on the way back: another room may use them, too.
        migrations.RunSQL(EXTENSIONS, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(FOLDED, reverse_sql="DROP FUNCTION members_folded(text)"),
    ]
