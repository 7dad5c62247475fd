"""People are found by the words of their names and by near misses; changed names are noted."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import members.plain_text

# Trusted: the owner of the database may make it.
NEAR_MISSES = "CREATE EXTENSION IF NOT EXISTS fuzzystrmatch"
WORDS = """
CREATE FUNCTION members_words(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT ' ' || translate(public.members_folded(name),
                                  '-''’`´.,;:()/"&+_%\\', repeat(' ', 18)) $$;
"""
# Each word once, taken out again when nobody is called so any more.
KEPT = """
CREATE FUNCTION members_keep_name_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- In one order, so that two who are welcomed at once wait for each other and no more.
    INSERT INTO members_nameword (word)
    SELECT DISTINCT w FROM unnest(string_to_array(NEW.name_words, ' ')) w
     WHERE w <> '' AND NOT EXISTS (SELECT FROM members_nameword k WHERE k.word = w)
     ORDER BY w
        ON CONFLICT DO NOTHING;
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM members_nameword k
         WHERE k.word = ANY (string_to_array(OLD.name_words, ' '))
           AND NOT EXISTS (
               SELECT FROM members_member m
                WHERE m.name_words LIKE '% ' || k.word || '%'
                  AND k.word = ANY (string_to_array(m.name_words, ' ')));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER name_words_are_kept
    AFTER INSERT OR UPDATE OF name ON members_member
    FOR EACH ROW EXECUTE FUNCTION members_keep_name_words();
INSERT INTO members_nameword (word)
SELECT DISTINCT w FROM members_member, unnest(string_to_array(name_words, ' ')) w WHERE w <> '';
"""
NOT_KEPT = """
DROP TRIGGER name_words_are_kept ON members_member;
DROP FUNCTION members_keep_name_words();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0008_former_contacts"),
    ]

    operations = [
        migrations.RunSQL(NEAR_MISSES, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(WORDS, reverse_sql="DROP FUNCTION members_words(text)"),
        migrations.CreateModel(
            name="NameChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "on the web"),
                            ("phone", "by phone"),
                            ("paper", "on paper"),
                            ("letter", "from a letter"),
                        ],
                        max_length=8,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("name", models.CharField(max_length=80)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="name_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["member", "-recorded_at"], name="name_change_by_member"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                (
                    "word",
                    models.CharField(max_length=400, primary_key=True, serialize=False),
                ),
            ],
        ),
        migrations.AlterField(
            model_name="profile",
            name="about",
            field=models.TextField(
                blank=True,
                max_length=1000,
                validators=[members.plain_text.check_lines],
                verbose_name="about me",
            ),
        ),
        migrations.RemoveIndex(
            model_name="member",
            name="member_name_trigrams",
        ),
        migrations.AddField(
            model_name="member",
            name="name_words",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("name"), function="members_words"),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    "name_words", name="gin_trgm_ops"
                ),
                name="member_name_trigrams",
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["welcomed_at"], name="member_by_welcome"),
        ),
        migrations.RunSQL(KEPT, reverse_sql=NOT_KEPT),
    ]
