"""Languages by the names that their own speakers give them."""

from django.conf.locale import LANG_INFO

# Spoken in neighbourhoods, and missing from Django's list, which is about software.
MORE = {
    "am": "አማርኛ",
    "ht": "Kreyòl ayisyen",
    "hmn": "Hmoob",
    "om": "Afaan Oromoo",
    "ps": "پښتو",
    "qu": "Runasimi",
    "rom": "Romani",
    "se": "Davvisámegiella",
    "sgn": "Sign language",
    "so": "Soomaali",
    "ti": "ትግርኛ",
    "tl": "Tagalog",
    "yi": "ייִדיש",
}
OF_DJANGO = {
    code: told["name_local"]
    for code, told in LANG_INFO.items()
    if "name_local" in told and ("-" not in code or code.startswith("zh-han"))
}
LANGUAGES: dict[str, str] = dict(
    sorted(
        {code: name[0].upper() + name[1:] for code, name in OF_DJANGO.items()}.items()
        | MORE.items(),
        key=lambda one: one[1].casefold(),
    )
)
# Offered first, in this order.
COMMON = ("en", "es", "fr", "sv", "de", "pt", "ar", "zh-hans", "vi", "so", "sgn")


def in_their_own_words(codes: list[str]) -> list[str]:
    """Say languages as their speakers call them."""
    return [LANGUAGES.get(code, code) for code in codes]
