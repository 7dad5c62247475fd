"""Belonging: every noun of the room gets its table and its constraints."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import members.plain_text


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_folded_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="folded_name",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("name"), function="members_folded"),
                output_field=models.TextField(),
            ),
        ),
        migrations.CreateModel(
            name="ActionLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, primary_key=True, serialize=False
                    ),
                ),
                ("deed", models.CharField(max_length=60)),
                ("about", models.CharField(blank=True, max_length=40)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["member", "deed", "about"], name="link_by_member"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="action_link_expires_later",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
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
                ("slug", models.SlugField(max_length=40, unique=True)),
                (
                    "title",
                    models.CharField(
                        max_length=120,
                        validators=[members.plain_text.check_one_line],
                        verbose_name="title",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgreementVersion",
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
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("content_hash", models.CharField(max_length=64)),
                ("in_force_from", models.DateTimeField()),
                ("decision", models.CharField(max_length=200)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="members.agreement",
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "number"),
                        name="agreement_version_is_numbered_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="agreement_version_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
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
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, primary_key=True, serialize=False
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        max_length=80,
                        validators=[members.plain_text.check_one_line],
                        verbose_name="name",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, null=True, verbose_name="e-mail"
                    ),
                ),
                ("code_hash", models.CharField(blank=True, max_length=64)),
                (
                    "words",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="a few words"
                    ),
                ),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
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
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(
                            ("accepted_at__isnull", True),
                            ("email__isnull", False),
                            ("withdrawn_at__isnull", True),
                        ),
                        name="invitation_is_open_once_per_email",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code_hash", ""), _negated=True),
                        fields=("code_hash",),
                        name="invitation_code_is_alone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email__isnull", False),
                            models.Q(("code_hash", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="invitation_comes_by_letter_or_slip",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Neighbourhood",
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
                    "name",
                    models.CharField(
                        max_length=60,
                        validators=[members.plain_text.check_one_line],
                        verbose_name="name",
                    ),
                ),
                (
                    "latitude",
                    models.FloatField(
                        blank=True, null=True, verbose_name="latitude of its centre"
                    ),
                ),
                (
                    "longitude",
                    models.FloatField(
                        blank=True, null=True, verbose_name="longitude of its centre"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="members.neighbourhood",
                        verbose_name="lies in",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name",), name="neighbourhood_name_is_alone"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="neighbourhood_lies_not_in_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("latitude__isnull", True), ("longitude__isnull", True)
                            ),
                            models.Q(
                                ("latitude__gte", -90),
                                ("latitude__lte", 90),
                                ("longitude__gte", -180),
                                ("longitude__lte", 180),
                            ),
                            _connector="OR",
                        ),
                        name="neighbourhood_centre_is_on_earth",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
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
                ("key", models.UUIDField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "a person"),
                            ("organisation", "an organisation"),
                        ],
                        default="person",
                        max_length=12,
                        verbose_name="who joins",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=80,
                        validators=[members.plain_text.check_one_line],
                        verbose_name="name",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, null=True, verbose_name="e-mail"
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        max_length=40,
                        validators=[members.plain_text.check_one_line],
                        verbose_name="phone",
                    ),
                ),
                ("phone_digits", models.CharField(blank=True, max_length=20)),
                (
                    "contact_way",
                    models.CharField(
                        choices=[
                            ("email", "by e-mail"),
                            ("phone", "by phone"),
                            ("post", "by post or a note at the door"),
                        ],
                        default="email",
                        max_length=5,
                        verbose_name="reach me best",
                    ),
                ),
                ("language", models.CharField(default="en", max_length=7)),
                (
                    "words",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="a few words"
                    ),
                ),
                ("applied_at", models.DateTimeField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "on the web"),
                            ("phone", "by phone"),
                            ("paper", "on paper"),
                            ("letter", "from a letter"),
                        ],
                        default="web",
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("welcomed", "welcomed"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer_words", models.CharField(blank=True, max_length=500)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="application",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="the coordinator who wrote it down; nobody where they applied themselves",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="members.invitation",
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.neighbourhood",
                        verbose_name="neighbourhood",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=["applied_at"],
                        name="application_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(
                            ("answered_at__isnull", True), ("email__isnull", False)
                        ),
                        name="application_is_open_once_per_email",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            ("email__isnull", True),
                            models.Q(("phone_digits", ""), _negated=True),
                        ),
                        fields=("phone_digits",),
                        name="application_is_open_once_per_phone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email__isnull", False),
                            models.Q(("phone_digits", ""), _negated=True),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="application_can_be_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(
                                ("answer__in", ["welcomed", "declined", "withdrawn"]),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="application_is_answered_with_a_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("member__isnull", True),
                            ("answer", "welcomed"),
                            _connector="OR",
                        ),
                        name="application_is_welcomed_as_a_member",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
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
                ("blocked_at", models.DateTimeField()),
                (
                    "blocked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocked_by",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["blocked", "member"], name="block_by_blocked")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("member", "blocked"), name="block_stands_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("member", models.F("blocked")), _negated=True
                        ),
                        name="block_is_of_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
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
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, primary_key=True, serialize=False
                    ),
                ),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "cause_kind",
                    models.CharField(
                        help_text="the room's row: visit, away", max_length=30
                    ),
                ),
                ("cause_id", models.UUIDField()),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "overlap_allowed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("overlap_allowed_by__isnull", True),
                            ("released_at__isnull", True),
                        ),
                        expressions=[("member", "="), ("during", "&&")],
                        name="booking_is_in_one_place_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("released_at__isnull", True)),
                        fields=("member", "cause_kind", "cause_id"),
                        name="booking_has_one_cause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("during__isempty", False),
                            ("during__startswith__isnull", False),
                            ("during__endswith__isnull", False),
                        ),
                        name="booking_takes_some_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Credential",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("driver", "approved driver"),
                            ("key_holder", "key-holder"),
                            ("background_check", "background check"),
                            ("first_aid", "first aid"),
                            ("food_handling", "food handling"),
                        ],
                        max_length=20,
                    ),
                ),
                ("granted_on", models.DateField()),
                (
                    "expires_on",
                    models.DateField(
                        blank=True,
                        help_text="the last day on which it counts",
                        null=True,
                    ),
                ),
                (
                    "ended_on",
                    models.DateField(
                        blank=True,
                        help_text="the first day on which it no longer counts",
                        null=True,
                    ),
                ),
                ("warned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credentials",
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
                    models.Index(fields=["member", "kind"], name="credential_by_member")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "driver",
                                    "key_holder",
                                    "background_check",
                                    "first_aid",
                                    "food_handling",
                                ],
                            )
                        ),
                        name="credential_is_of_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("expires_on__isnull", True),
                                ("expires_on__gte", models.F("granted_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_on__isnull", True),
                                ("ended_on__gte", models.F("granted_on")),
                                _connector="OR",
                            ),
                        ),
                        name="credential_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeedForAnother",
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
                (
                    "deed",
                    models.CharField(help_text="the action's name", max_length=60),
                ),
                ("about_kind", models.CharField(blank=True, max_length=40)),
                ("about_id", models.CharField(blank=True, max_length=40)),
                ("path", models.CharField(blank=True, max_length=200)),
                ("contested_at", models.DateTimeField(blank=True, null=True)),
                ("contest", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                        fields=["recorded_for", "-recorded_at"], name="deed_for_member"
                    ),
                    models.Index(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            ("contested_at__isnull", False),
                        ),
                        fields=["contested_at"],
                        name="deed_contested",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "recorded_for",
                            "deed",
                            "about_kind",
                            "about_id",
                            "recorded_at",
                        ),
                        name="deed_for_another_is_noted_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recorded_by", models.F("recorded_for")), _negated=True
                        ),
                        name="deed_for_another_is_for_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            ("contested_at__isnull", False),
                            _connector="OR",
                        ),
                        name="deed_is_answered_once_contested",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DuePayment",
            fields=[
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
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "what",
                    models.CharField(
                        choices=[("share", "membership share"), ("dues", "dues")],
                        max_length=5,
                    ),
                ),
                ("cents", models.PositiveIntegerField()),
                ("paid_on", models.DateField()),
                ("covers_from", models.DateField(blank=True, null=True)),
                ("covers_until", models.DateField(blank=True, null=True)),
                (
                    "let_off",
                    models.CharField(
                        blank=True,
                        help_text="why nothing was asked, by whose decision",
                        max_length=200,
                    ),
                ),
                ("reversed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dues",
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
                (
                    "reversed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cents__gt", 0), ("let_off", "")),
                            models.Q(
                                ("cents", 0), models.Q(("let_off", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="due_payment_pays_or_says_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("covers_from__isnull", True), ("what", "share")),
                            models.Q(
                                ("covers_until__gte", models.F("covers_from")),
                                ("what", "dues"),
                            ),
                            _connector="OR",
                        ),
                        name="dues_cover_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["share", "dues"])),
                        name="due_payment_is_for_something_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("reversed_at__isnull", True), ("what", "share")
                        ),
                        fields=("member",),
                        name="share_stands_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Household",
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
                    "name",
                    models.CharField(
                        max_length=80,
                        validators=[members.plain_text.check_one_line],
                        verbose_name="name",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
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
                    "address",
                    models.EmailField(
                        blank=True,
                        help_text="of somebody who is no member",
                        max_length=254,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="of the same", max_length=80
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("language", models.CharField(default="en", max_length=7)),
                (
                    "subject",
                    models.CharField(
                        help_text="stands on the outside; names nobody, for it is read over shoulders",
                        max_length=120,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "path",
                    models.CharField(
                        blank=True, help_text="the page or the link", max_length=500
                    ),
                ),
                (
                    "digest_on",
                    models.DateField(
                        help_text="of a digest: the day that it is for", null=True
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "begun_at",
                    models.DateTimeField(
                        help_text="when a worker last took it up", null=True
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                ("gave_up_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        help_text="the kind of the latest failure, no words of it",
                        max_length=60,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["due_at", "id"],
                        name="letter_due",
                    ),
                    models.Index(
                        condition=models.Q(("gave_up_at__isnull", False)),
                        fields=["gave_up_at"],
                        name="letter_given_up",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("member__isnull", True), ("address", ""), _connector="XOR"
                        ),
                        name="letter_has_one_reader",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True),
                            ("due_at__isnull", True),
                            _connector="OR",
                        ),
                        name="letter_is_sent_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gave_up_at__isnull", True),
                            models.Q(
                                ("due_at__isnull", True), ("sent_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="letter_is_given_up_unsent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("digest_on__isnull", False)),
                        fields=("member", "digest_on"),
                        name="digest_comes_once_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LifeStep",
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
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("welcomed", "was welcomed"),
                            ("leave_began", "went on leave"),
                            ("came_back", "came back from leave"),
                            ("contacted", "was asked how they are"),
                            ("still_here", "said: still here"),
                            ("departed", "left the network"),
                            ("returned", "came back to the network"),
                            ("forgotten", "was forgotten"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="of a leave: the day they expect to be back",
                        null=True,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="life",
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
                        fields=["member", "-recorded_at"], name="life_by_member"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__in",
                                [
                                    "welcomed",
                                    "leave_began",
                                    "came_back",
                                    "contacted",
                                    "still_here",
                                    "departed",
                                    "returned",
                                    "forgotten",
                                ],
                            )
                        ),
                        name="life_step_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                ("key", models.UUIDField(unique=True)),
                ("words", models.TextField(max_length=2000)),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
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
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages_sent",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["sender", "-recorded_at"], name="message_by_sender"
                    ),
                    models.Index(
                        fields=["receiver", "-recorded_at"], name="message_by_receiver"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sender", models.F("receiver")), _negated=True
                        ),
                        name="message_goes_to_another",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeChoice",
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
                ("kind", models.CharField(max_length=40)),
                ("in_app", models.BooleanField(default=True)),
                (
                    "pace",
                    models.CharField(
                        choices=[
                            ("at_once", "at once"),
                            ("daily", "once a day, together"),
                            ("weekly", "once a week, together"),
                            ("never", "no letter"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_choices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("member", "kind"), name="notice_choice_per_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pace__in", ["at_once", "daily", "weekly", "never"])
                        ),
                        name="notice_choice_has_a_known_pace",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeHours",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="notice_hours",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "quiet_from",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(23)],
                    ),
                ),
                (
                    "quiet_until",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(23)],
                    ),
                ),
                (
                    "digest_hour",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(23)]
                    ),
                ),
                (
                    "digest_weekday",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="0 is Monday",
                        validators=[django.core.validators.MaxValueValidator(6)],
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("quiet_from__isnull", True),
                                ("quiet_until__isnull", True),
                            ),
                            models.Q(("quiet_from__lte", 23), ("quiet_until__lte", 23)),
                            _connector="OR",
                        ),
                        name="notice_hours_are_of_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("digest_hour__lte", 23), ("digest_weekday__lte", 6)
                        ),
                        name="notice_digest_has_its_hour",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opened",
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
                ("field", models.CharField(max_length=12)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opened",
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
                        fields=["member", "-recorded_at"], name="opened_by_member"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "field__in",
                                [
                                    "phone",
                                    "email",
                                    "address",
                                    "emergency",
                                    "pages",
                                ],
                            )
                        ),
                        name="opened_field_is_sensitive",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrientationStep",
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
                    "title",
                    models.CharField(
                        max_length=80,
                        validators=[members.plain_text.check_one_line],
                        verbose_name="step",
                    ),
                ),
                (
                    "about",
                    models.TextField(
                        blank=True, max_length=500, verbose_name="what happens there"
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="place in the order"
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("place", "id"),
            },
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
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
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, primary_key=True, serialize=False
                    ),
                ),
                ("policy", models.CharField(max_length=60)),
                (
                    "value",
                    models.JSONField(help_text="a whole number, a word or yes / no"),
                ),
                ("in_force_from", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        help_text="who decided it, where and when, in words",
                        max_length=200,
                    ),
                ),
                (
                    "decision_url",
                    models.CharField(
                        blank=True,
                        help_text="where the decision can be read",
                        max_length=200,
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
                        fields=["policy", "-in_force_from"],
                        name="policy_version_in_force",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision", ""), _negated=True),
                        name="policy_version_names_its_decision",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="profile",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pronouns",
                    models.CharField(
                        blank=True,
                        max_length=40,
                        validators=[members.plain_text.check_one_line],
                        verbose_name="pronouns",
                    ),
                ),
                (
                    "about",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="about me"
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=7),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="languages that I speak",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        max_length=40,
                        validators=[members.plain_text.check_one_line],
                        verbose_name="phone",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[members.plain_text.check_one_line],
                        verbose_name="address",
                    ),
                ),
                (
                    "emergency",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[members.plain_text.check_one_line],
                        verbose_name="emergency contact",
                    ),
                ),
                (
                    "contact_way",
                    models.CharField(
                        choices=[
                            ("email", "by e-mail"),
                            ("phone", "by phone"),
                            ("post", "by post or a note at the door"),
                        ],
                        default="email",
                        max_length=5,
                        verbose_name="reach me best",
                    ),
                ),
                (
                    "pronouns_audience",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("coordinators", "coordinators"),
                            ("teams", "my teams and coordinators"),
                            ("members", "all members"),
                        ],
                        default="members",
                        max_length=12,
                    ),
                ),
                (
                    "about_audience",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("coordinators", "coordinators"),
                            ("teams", "my teams and coordinators"),
                            ("members", "all members"),
                        ],
                        default="members",
                        max_length=12,
                    ),
                ),
                (
                    "languages_audience",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("coordinators", "coordinators"),
                            ("teams", "my teams and coordinators"),
                            ("members", "all members"),
                        ],
                        default="members",
                        max_length=12,
                    ),
                ),
                (
                    "neighbourhood_audience",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("coordinators", "coordinators"),
                            ("teams", "my teams and coordinators"),
                            ("members", "all members"),
                        ],
                        default="members",
                        max_length=12,
                    ),
                ),
                (
                    "phone_audience",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("coordinators", "coordinators"),
                            ("teams", "my teams and coordinators"),
                            ("members", "all members"),
                        ],
                        default="coordinators",
                        max_length=12,
                    ),
                ),
                (
                    "email_audience",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("coordinators", "coordinators"),
                            ("teams", "my teams and coordinators"),
                            ("members", "all members"),
                        ],
                        default="coordinators",
                        max_length=12,
                    ),
                ),
                (
                    "address_audience",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("coordinators", "coordinators"),
                            ("teams", "my teams and coordinators"),
                            ("members", "all members"),
                        ],
                        default="coordinators",
                        max_length=12,
                    ),
                ),
                (
                    "emergency_audience",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("coordinators", "coordinators"),
                            ("teams", "my teams and coordinators"),
                            ("members", "all members"),
                        ],
                        default="coordinators",
                        max_length=12,
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profiles",
                        to="members.neighbourhood",
                        verbose_name="neighbourhood",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["languages"], name="profile_languages"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "pronouns_audience__in",
                                ["nobody", "coordinators", "teams", "members"],
                            )
                        ),
                        name="profile_pronouns_has_an_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "about_audience__in",
                                ["nobody", "coordinators", "teams", "members"],
                            )
                        ),
                        name="profile_about_has_an_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "languages_audience__in",
                                ["nobody", "coordinators", "teams", "members"],
                            )
                        ),
                        name="profile_languages_has_an_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "neighbourhood_audience__in",
                                ["nobody", "coordinators", "teams", "members"],
                            )
                        ),
                        name="profile_neighbourhood_has_an_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "phone_audience__in",
                                ["nobody", "coordinators", "teams", "members"],
                            )
                        ),
                        name="profile_phone_has_an_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "email_audience__in",
                                ["nobody", "coordinators", "teams", "members"],
                            )
                        ),
                        name="profile_email_has_an_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "address_audience__in",
                                ["nobody", "coordinators", "teams", "members"],
                            )
                        ),
                        name="profile_address_has_an_audience",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "emergency_audience__in",
                                ["nobody", "coordinators", "teams", "members"],
                            )
                        ),
                        name="profile_emergency_has_an_audience",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reference",
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
                    "name",
                    models.CharField(
                        max_length=80,
                        validators=[members.plain_text.check_one_line],
                        verbose_name="name",
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        max_length=120,
                        validators=[members.plain_text.check_one_line],
                        verbose_name="phone or e-mail",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("vouches", "gladly vouches"),
                            ("unsure", "doesn't know them well"),
                            ("doubts", "has doubts"),
                        ],
                        max_length=8,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="references",
                        to="members.application",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("verdict", "")),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("verdict__in", ["vouches", "unsure", "doubts"]),
                            ),
                            _connector="OR",
                        ),
                        name="reference_is_answered_with_a_verdict",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, primary_key=True, serialize=False
                    ),
                ),
                ("jpeg", models.BinaryField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Signature",
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
                (
                    "typed_name",
                    models.CharField(
                        max_length=80, validators=[members.plain_text.check_one_line]
                    ),
                ),
                ("content_hash", models.CharField(max_length=64)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
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
                (
                    "scan",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="members.scan",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="members.agreementversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "member"), name="text_is_signed_once_by_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInCode",
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
                ("code_hash", models.CharField(max_length=128)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_in_codes",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("member",),
                        name="sign_in_code_works_alone",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StepTaken",
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
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps_taken",
                        to="members.application",
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
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.orientationstep",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "step"), name="step_is_taken_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Stewardship",
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
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stewardships",
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
                (
                    "steward",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stewards_of",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("organisation", "steward"),
                        name="stewardship_is_held_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation", models.F("steward")), _negated=True
                        ),
                        name="stewardship_is_of_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyStart",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="start",
                        serialize=False,
                        to="members.policyversion",
                    ),
                ),
                ("started_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="rolegrant",
            name="role_grant_is_of_a_known_role",
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="forgotten_at",
            field=models.DateTimeField(
                blank=True, help_text="when their name and words were erased", null=True
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="kind",
            field=models.CharField(
                choices=[("person", "a person"), ("organisation", "an organisation")],
                default="person",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="on_leave_at",
            field=models.DateTimeField(
                blank=True, help_text="since when they are away for a while", null=True
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="awaits",
            field=models.CharField(
                blank=True,
                choices=[
                    ("at_once", "at once"),
                    ("daily", "once a day, together"),
                    ("weekly", "once a week, together"),
                    ("never", "no letter"),
                ],
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="in_app",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="decision",
            field=models.CharField(
                blank=True,
                help_text="who decided it, where and when, in words",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="decision_url",
            field=models.CharField(
                blank=True, help_text="where the decision can be read", max_length=200
            ),
        ),
        migrations.AlterField(
            model_name="rolegrant",
            name="role",
            field=models.CharField(
                choices=[
                    ("coordinator", "coordinator"),
                    ("care_coordinator", "care coordinator"),
                    ("approver", "pool approver"),
                    ("treasurer", "treasurer"),
                    ("facilitator", "facilitator"),
                    ("secretary", "secretary"),
                    ("auditor", "auditor"),
                    ("membership", "membership"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "coordinator",
                            "care_coordinator",
                            "approver",
                            "treasurer",
                            "facilitator",
                            "secretary",
                            "auditor",
                            "membership",
                        ],
                    )
                ),
                name="role_grant_is_of_a_known_role",
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="household",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="members.household",
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["folded_name", "id"], name="member_by_name"),
        ),
        migrations.AddIndex(
            model_name="member",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    "folded_name", name="gin_trgm_ops"
                ),
                name="member_name_trigrams",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["person", "organisation"])),
                name="member_is_of_a_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("forgotten_at__isnull", True),
                    ("left_at__isnull", False),
                    _connector="OR",
                ),
                name="member_is_forgotten_after_leaving",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on_leave_at__isnull", True),
                    ("left_at__isnull", True),
                    _connector="OR",
                ),
                name="member_is_on_leave_or_left",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="letter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="notices",
                to="members.letter",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("awaits", ""), _negated=True),
                fields=["awaits", "member"],
                name="notice_awaiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("awaits", ""),
                    models.Q(
                        ("awaits__in", ["daily", "weekly"]), ("letter__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="notice_awaits_one_letter",
            ),
        ),
    ]
