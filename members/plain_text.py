"""Words that people type: what may stand in them, so that nobody is fooled by them."""

import re

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# Marks that turn the direction of what follows can make a name read as another's.
# (Plain left-to-right and right-to-left marks stay: Arabic and Hebrew need them.)
# Control characters other than tab and line breaks have no meaning to a reader.
NO_TRICKS = RegexValidator(
    re.compile("[\\u202a-\\u202e\\u2066-\\u2069\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]"),
    message=_("This holds invisible marks that change how it reads. Type it afresh."),
    code="invisible_marks",
    inverse_match=True,
)
