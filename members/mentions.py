"""Where somebody is named in words that belong to others, so that they can be forgotten."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Left

from members.models import FormerContact, Household, Member, NameWord

# Here a name is somebody's own, and changes by their deeds alone.
OWN = (Member, NameWord, FormerContact)
# A person's name is a whole column; elsewhere it stands among words.
NAMES = ("name", "typed_name")
# Shorter ones are met in too many other words.
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Mentions:
    """Who is to be forgotten: their names and contacts, and what stands there instead.

    Names count as whole words, as they are written. Very short ones are not looked for,
    since everybody's words are full of them.
    """

    names: frozenset[str]
    contacts: frozenset[str]
    instead: str

    def patterns(self) -> Iterator[tuple[str, str, str]]:
        """Say them as PostgreSQL's regular expressions: (lookup, expression, flags).

        A name of one word may be a word of the language, too; it is met as it is
        written. What has several words, or is an address, is met in any case.
        """
        sought = {one for one in self.names | self.contacts if len(one) >= SHORTEST}
        words = {one for one in self.names & sought if one.isalpha()}
        for those, lookup, flags in (
            (words, "regex", "g"),
            (sought - words, "iregex", "gi"),
        ):
            if those:
                any_of = "|".join(map(re.escape, sorted(those, key=len, reverse=True)))
                yield lookup, rf"(?<!\w)({any_of})(?!\w)", flags

    def met_in(self, *columns: str) -> Q:
        """Ask for the rows in which one of the columns names them."""
        met = Q(pk__in=[])
        for lookup, pattern, _flags in self.patterns():
            for column in columns:
                met |= Q(**{f"{column}__{lookup}": pattern})
        return met

    def erase_in(self, room: str, *, but: tuple[type[models.Model], ...] = ()) -> None:
        """Put something else for the name wherever it stands in a room's words."""
        for model in apps.get_app_config(room).get_models():
            rights = getattr(model, "application_may", "UPDATE")
            if "UPDATE" not in rights or model in (*OWN, *but):
                continue
            for field in _words_of(model):
                self._erase(model, field)

    def _erase(
        self, model: type[models.Model], field: "models.Field[Any, Any]"
    ) -> None:
        rows: Any = model._default_manager.all()  # noqa: SLF001 (documented)
        if field.name in NAMES and model is not Household:
            rows.filter(**{f"{field.name}__in": self.names}).update(
                **{field.name: self.instead}
            )
            return
        for lookup, pattern, flags in self.patterns():
            changed: Any = Func(
                F(field.name),
                Value(pattern),
                Value(self.instead),
                Value(flags),
                function="regexp_replace",
                output_field=models.TextField(),
            )
            if field.max_length:
                changed = Left(changed, field.max_length)
            rows.filter(**{f"{field.name}__{lookup}": pattern}).update(
                **{field.name: changed}
            )


def _words_of(model: type[models.Model]) -> Iterator["models.Field[Any, Any]"]:
    """Say the columns of a table in which people's words stand."""
    for field in model._meta.concrete_fields:  # noqa: SLF001 (documented)
        is_words = isinstance(field, models.CharField | models.TextField)
        is_open = not (field.choices or field.primary_key or field.generated)
        if is_words and is_open and not isinstance(field, models.EmailField):
            yield field
