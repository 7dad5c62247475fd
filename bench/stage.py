"""The stage: databases filled, and hands beside them, for what is to be measured."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version

from bench import pgbench, townsfolk, worlds
from bench.hands import Hand, together
from bench.servers import Server
from bench.townsfolk import CITY, TOWN
from bench.worlds import BUSY, LARGE, SMALL

HORDAK, PAGES, LETTERS = "hordak", "pages", "letters"
CLIENTS = 4
DEEDS = {
    SMALL: ("transfer",),
    BUSY: ("transfer", "transfer_in_atomic", "transfer_to_commons", "record_exchange"),
    LARGE: ("transfer", "select_one", "balance", "statement"),
    HORDAK: ("transfer",),
    PAGES: ("statement", "empty_page"),
}


class Stage:
    """Servers with what stands on them."""

    def __init__(self, server: Server, places: set[str]) -> None:
        self.server = server
        self.places = places | ({BUSY} if PAGES in places else set())
        self.hands: dict[str, list[Hand]] = {}

    def build(self) -> None:
        """Fill the databases, the longest first, and warm the hands."""
        if self.places & {SMALL, BUSY, LARGE, LETTERS}:
            worlds.fill_people(self.server)
        for name in self.places & {BUSY, LARGE, LETTERS}:
            worlds.copy_people(self.server, name)
        with ThreadPoolExecutor(2) as both_cores:
            fillings = [
                both_cores.submit(worlds.fill_books, self.server, name)
                for name in (LARGE, SMALL, BUSY)
                if name in self.places
            ]
            fillings += [
                both_cores.submit(pgbench.fill, self.server, name)
                for name in self.places & set(pgbench.SCALES)
            ]
            if LETTERS in self.places:
                fillings.append(
                    both_cores.submit(worlds.fill_letters, self.server, LETTERS)
                )
            if HORDAK in self.places:
                fillings.append(both_cores.submit(self._fill_hordak))
            if CITY in self.places:
                fillings.append(
                    both_cores.submit(townsfolk.make_town_and_city, self.server)
                )
            try:
                for filling in fillings:
                    filling.result()
            except BaseException:
                both_cores.shutdown(wait=False, cancel_futures=True)
                raise
        self._warm_up()
        worlds.settle(self.server)

    def rate(self, place: str, deed: str, seconds: float, hands: int = 1) -> float:
        """Say how often a second hands do a deed, all at once."""
        busy = self.hands[place][:hands]
        return sum(
            went.a_second for went in together(busy, "for_seconds", deed, seconds)
        )

    def faults(self) -> dict[str, list]:
        """Prove every book that was written to."""
        books = [name for name in (SMALL, BUSY, LARGE) if name in self.places]
        found = together([self.hands[name][0] for name in books], "faults")
        return dict(zip(books, found, strict=True))

    def leave(self) -> None:
        """Send all hands away."""
        for hand in (each for hands in self.hands.values() for each in hands):
            hand.leave()

    def _fill_hordak(self) -> None:
        if not version("django-hordak").startswith("2."):
            raise RuntimeError(
                "django-hordak 2 is not installed: `make bench` does it."
            )
        self.server.create(HORDAK)
        worlds.ask_django(self._environ_of_hordak, "migrate")

    @property
    def _environ_of_hordak(self) -> dict[str, str]:
        # As the owner: hordak has one role, and grants nothing to another.
        return self.server.environ(HORDAK) | {
            "DATABASE_URL": self.server.url(self.server.owner, HORDAK),
            "DJANGO_SETTINGS_MODULE": "bench.peer_settings",
        }

    def _warm_up(self) -> None:
        for name in (SMALL, BUSY, LARGE):
            if name in self.places:
                many = CLIENTS if name == BUSY else 1
                environ = self.server.environ(name)
                self.hands[name] = [Hand("bench.books", environ) for _ in range(many)]
        if HORDAK in self.places:
            self.hands[HORDAK] = [Hand("bench.hordak", self._environ_of_hordak)]
        if PAGES in self.places:
            self.hands[BUSY][0].do("fill_statement_of_reader")
            self.hands[PAGES] = [Hand("bench.pages", self.server.environ(BUSY))]
        self._bring_those_of_members()
        for name, hands in self.hands.items():
            together(hands, "warm_up", *DEEDS.get(name, ()))

    def _bring_those_of_members(self) -> None:
        if LETTERS in self.places:
            self.hands[LETTERS] = [Hand("bench.letters", self.server.environ(LETTERS))]
            self.hands[LETTERS][0].do("letters_a_second", 50)
        if CITY in self.places:
            for name in (TOWN, CITY):
                environ = self.server.environ(name)
                self.hands[name] = [Hand("bench.directory", environ)]


@contextmanager
def set_up(server: Server, places: set[str]) -> Iterator[Stage]:
    """Have a stage as long as it is needed."""
    stage = Stage(server, places)
    try:
        stage.build()
        yield stage
    finally:
        stage.leave()
