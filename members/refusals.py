"""Refusals that several deeds share, whichever door they come through."""

from typing import Any

from django.core.exceptions import ValidationError


def beside(field: str, message: Any, code: str, **params: Any) -> ValidationError:
    """Refuse something about one field, so that the form says it there."""
    return ValidationError({field: ValidationError(message, code=code, params=params)})


def left(member: Any, message: Any) -> ValidationError:
    """Refuse what only those can do who are here; the message names them by %(name)s."""
    return ValidationError(message, code="member_left", params={"name": member})
