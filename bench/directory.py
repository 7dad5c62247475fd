"""The directory as a member uses it: a fixed mix of looks at it, in the town or the city.

Read only by hands. A look is the whole page, through Django's own handler, for somebody
who is signed in.
"""

import time

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Member, Neighbourhood

COMMON = ["maria", "John", "garcía", "Johansson", "ana", "mohammed", "smith", "Anna"]
RARE = [
    "sunniva",
    "vicente",
    "Placido",
    "borkowskiez",
    "timiro",
    "zalewski",
    "Ek",
    "Falk",
]
TWO = [
    "maria garcia",
    "nilsson anna",
    "ali fatima",
    "jose rod",
    "mar smi",
    "Sven Walczak",
    "john lindstrom",
    "ca na",
]
TYPOS = [
    "mraia",
    "jonhson",
    "garzia",
    "mohamad",
    "lindqist",
    "fatmia",
    "rodrigez",
    "zalevski",
]
NO_ACCENTS = ["helene", "bjork", "munoz", "francoise", "dabrowski", "hakansson"]
BEGUN = ["ma", "an", "jo", "gar", "lin", "mo", "be", "car", "sz", "x"]
NUMBERS = ["1500", "#2000"]
NOBODY = ["qqqqq", "Xylophonia Underhill"]


class Place:
    """A browser in which somebody looks for people."""

    def __init__(self) -> None:
        settings.ALLOWED_HOSTS = ["testserver"]
        self.browser = Client()
        self.browser.force_login(Member.objects.latest("number"))
        self.looks = self._looks()
        self.walk()

    def _looks(self) -> list[dict[str, object]]:
        words = [*COMMON, *RARE, *TWO, *TYPOS, *NO_ACCENTS, *BEGUN, *NUMBERS, *NOBODY]
        by_name = Member.objects.by_name()
        half = by_name[Member.objects.count() // 2].pk
        far = by_name[Member.objects.count() * 9 // 10].pk
        district, *_others, quarter = Neighbourhood.objects.order_by("pk")
        looks: list[dict[str, object]] = [{"q": word} for word in words]
        return [
            *looks,
            {},
            {"after": half},
            {"after": far},
            {"before": half},
            {"neighbourhood": district.pk},
            {"neighbourhood": quarter.pk},
            {"neighbourhood": quarter.pk, "q": "maria"},
            {"language": "es"},
            {"language": "yi"},
            {"language": "fr", "q": "an"},
            {"kind": "organisation"},
            {"new": "on"},
        ]

    def look(self, details: dict[str, object]) -> float:
        """Open one page of the directory; say how long it took (milliseconds)."""
        before = time.perf_counter()
        assert self.browser.get("/people/", details).status_code == 200
        return (time.perf_counter() - before) * 1000

    def walk(self) -> list[float]:
        """Take every look once."""
        return [self.look(details) for details in self.looks]

    def queries(self) -> int:
        """Count what the database is asked at most for one look."""
        most = 0
        for details in self.looks:
            with CaptureQueriesContext(connection) as asked:
                self.look(details)
            most = max(most, len(asked))
        return most
