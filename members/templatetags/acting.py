"""`{% form_token %}`: what each form of ours carries, so that it does what was meant."""

from django import template
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> SafeString:
    """Say that the form is ours, and for whom it was opened.

    Whoever meanwhile acts for somebody else in another tab is asked before it counts.
    """
    request = context["request"]
    csrf = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">',
        get_token(request),
    )
    if not (hasattr(request, "acting") and request.user.is_authenticated):
        return csrf
    return format_html(
        '{}<input type="hidden" name="acting_for" value="{}">',
        csrf,
        request.acting.for_member.pk,
    )
