"""Refusals that belong to one field of a form, whichever door they come through."""

from typing import Any

from django.core.exceptions import ValidationError


def beside(field: str, message: Any, code: str, **params: Any) -> ValidationError:
    """Refuse something about one field, so that the form says it there."""
    return ValidationError({field: ValidationError(message, code=code, params=params)})
