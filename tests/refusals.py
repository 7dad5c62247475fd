"""How a deed was refused: by its codes, which stay the same whatever the words are."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction


def codes(response) -> dict[str, list[str]]:
    """Why a form was not taken, field by field."""
    errors = response.context["form"].errors.as_data()
    return {field: [error.code for error in found] for field, found in errors.items()}


def refused(deed, *args, **words) -> str:
    """Why a deed was not done."""
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        deed(*args, **words)
    error = caught.value
    errors = error.error_dict.values() if hasattr(error, "error_dict") else [[error]]
    return next(iter(errors))[0].code
