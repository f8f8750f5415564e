"""What the entries of a synthetic catalogue share: people, products, tags and the like."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from math import isqrt
from random import Random

from django.db.models import Model

from people.models import Alias, Handle, Person

from ..models import Collection, Credit, Kind, Language, Link, Product, Tag, Upstream
from ..models.vocabulary import slug_from_name
from .prose import Prose
from .vocabulary import FIRST_NAMES, LANGUAGES, LICENCES, TECHNICAL
from .words import Coinage

# The last day of the catalogue. No clock: the same seed gives the same rows for ever.
TODAY = date(2026, 1, 1)

KINDS = {
    "library": "libraries",
    "command-line tool": "command-line tools",
    "terminal application": "terminal applications",
    "web application": "web applications",
    "upstream contribution": "upstream contributions",
    "Helm chart": "Helm charts",
    "plugin": "plugins",
    "device driver": "device drivers",
    "test tool": "test tools",
    "data set": "data sets",
    "specification": "specifications",
    "desktop application": "desktop applications",
}
TAG_ALIASES = {"kubernetes": "k8s", "documentation": "docs", "authentication": "authn\nlogin"}


def number_of(what: str, projects: int) -> int:
    """Return how much of something there is: what is shared grows slower than the entries."""
    return {
        "people": max(5, projects // 5),
        "tags": len(TECHNICAL) + 2 * isqrt(projects),
        "products": 8 + int(projects**0.4),
        "upstreams": 10 + int(projects**0.6),
        "collections": 5 + int(projects**0.35),
    }[what]


class Surroundings:
    """Rows that entries point to; those of each model are numbered from 1."""

    def __init__(self, projects: int, seed: int, random: Random, prose: Prose):
        self.random, self.prose = random, prose
        self.numbers = {
            what: number_of(what, projects)
            for what in ("people", "tags", "products", "upstreams", "collections")
        }
        # Each kind of name has a shape of its own, so that none is taken twice.
        self._surnames = Coinage(3, seed, ("k", "r", "n", "sson"))
        self._nouns = Coinage(2, seed)
        self._tag_names = [*TECHNICAL]
        random.shuffle(self._tag_names)

    def rows(self) -> Iterator[Model]:
        """Yield every row, each after those that it points to."""
        for make in (self.kinds, self.languages, self.tags, self.people, self.products):
            yield from make()
        yield from self.upstreams()
        yield from self.collections()

    def kinds(self) -> Iterator[Model]:
        for number, (name, plural) in enumerate(KINDS.items(), start=1):
            yield Kind(pk=number, name=name, plural=plural, slug=slug_from_name(name))

    def languages(self) -> Iterator[Model]:
        for number, name in enumerate(LANGUAGES, start=1):
            yield Language(pk=number, name=name, slug=slug_from_name(name))

    def tag_name(self, number: int) -> str:
        known = len(self._tag_names)
        return self._tag_names[number - 1] if number <= known else self._nouns.word(number)

    def tags(self) -> Iterator[Model]:
        for number in range(1, self.numbers["tags"] + 1):
            name = self.tag_name(number)
            yield Tag(
                pk=number,
                name=name,
                slug=slug_from_name(name),
                aliases=TAG_ALIASES.get(name, ""),
                description=self.prose.text(15, 40),
                updated_at=self.moment(),
            )

    def people(self) -> Iterator[Model]:
        for number in range(1, self.numbers["people"] + 1):
            name = f"{self.random.choice(FIRST_NAMES)} {self._surnames.word(number).capitalize()}"
            person = Person(
                pk=number,
                name=name,
                slug=slug_from_name(name),
                headline=self.prose.line(2, 5),
                bio=self.prose.text(20, 60) if self.random.random() < 0.3 else "",
                is_listed=self.random.random() < 0.8,
                updated_at=self.moment(),
            )
            yield person
            yield from self._names_of(person)

    def _names_of(self, person: Person) -> Iterator[Model]:
        first, last = person.name.split()
        if self.random.random() < 0.15:
            yield Alias(person_id=person.pk, name=f"{first[0]}. {last}")
        if self.random.random() < 0.4:
            yield Handle(person_id=person.pk, name=f"{slug_from_name(last)}{person.pk}")

    def products(self) -> Iterator[Model]:
        for number in range(1, self.numbers["products"] + 1):
            name = f"{self._nouns.word(number).capitalize()} {self.random.choice(TECHNICAL)}"
            product = Product(
                pk=number,
                name=name,
                slug=slug_from_name(name),
                tagline=self.prose.sentence(8, 16),
                description=self.prose.text(60, 150, about=[name]),
                licence=self.random.choice(LICENCES),
                order=number,
                updated_at=self.moment(),
            )
            yield product
            yield from self._beside(product)

    def _beside(self, product: Product) -> Iterator[Model]:
        language = self.random.randint(1, len(LANGUAGES))
        yield Product.languages.through(product_id=product.pk, language_id=language)
        person = self.random.randint(1, self.numbers["people"])
        yield Credit(product_id=product.pk, person_id=person, role=Credit.Role.CREATOR)
        url = f"https://{product.slug}.example.org/"
        yield Link(product_id=product.pk, role=Link.Role.HOME, label="Home page", url=url)

    def upstreams(self) -> Iterator[Model]:
        # Beyond the products and the tags, whose names are of the same shape.
        start = self.numbers["products"] + self.numbers["tags"]
        for number in range(1, self.numbers["upstreams"] + 1):
            name = f"{self._nouns.word(start + number)}-{self.random.choice(TECHNICAL)}"
            yield Upstream(
                pk=number,
                name=name,
                slug=slug_from_name(name),
                tagline=self.prose.sentence(8, 16),
                description=self.prose.text(20, 60),
                repository_url=f"https://code.example.org/{slug_from_name(name)}",
                licence=self.random.choice(LICENCES),
                updated_at=self.moment(),
            )

    def collections(self) -> Iterator[Model]:
        for number in range(1, self.numbers["collections"] + 1):
            name = f"{self.prose.line(2, 4)} {number}"
            yield Collection(
                pk=number,
                name=name,
                slug=slug_from_name(name),
                tagline=self.prose.sentence(8, 14),
                introduction=self.prose.text(30, 80),
                order=number,
                updated_at=self.moment(),
            )

    def day(self, since: date = date(2016, 1, 1)) -> date:
        """Return a day up to the last one."""
        return since + timedelta(days=self.random.randint(0, max(0, (TODAY - since).days)))

    def moment(self, since: date = date(2018, 1, 1)) -> datetime:
        """Return a moment up to the last day."""
        seconds = time(self.random.randint(0, 23), self.random.randint(0, 59), tzinfo=UTC)
        return datetime.combine(self.day(since), seconds)
