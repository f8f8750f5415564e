"""What visitors ask, as addresses by kind of question, drawn from what the catalogue holds."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import islice
from random import Random
from urllib.parse import urlencode

from django.urls import reverse

from people.models import Person
from projects.models import Kind, Language, Product, Project, Tag, Upstream
from projects.synthetic.surroundings import TODAY
from projects.synthetic.vocabulary import FUNCTION_WORDS, LICENCES

# How many entries are read to learn how frequent words are.
SAMPLE = 20_000
TEXTS = ("tagline", "need", "description", "capabilities", "use_when")
PER_CLASS = 20
DEEP_PAGE, PAGE_SIZE = 400, 24
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Questions:
    """The same addresses for the same catalogue, for each class of questions."""

    def __init__(self) -> None:
        self.random = Random(1)  # noqa: S311 (nothing secret is made of it)
        published = Project.objects.published()
        self.last_page = -(-published.count() // PAGE_SIZE)
        entries = published.order_by("pk").values_list("slug", "name", *TEXTS)
        self.sample: list[tuple[str, str, list[str]]] = [
            (slug, name, sorted(set(re.findall(r"[a-z]{4,}", " ".join(texts).lower()))))
            for slug, name, *texts in entries[:SAMPLE]
        ]
        self.frequency = Counter(word for _, _, words in self.sample for word in words)
        self.rare = self.words(0, 2 / len(self.sample))
        self.medium = self.words(0.015, 0.03)
        self.common = self.words(0.25, 1)
        self.values = values_by_facet()

    def words(self, least: float, most: float) -> list[str]:
        """Return the words that stand in such a share of the entries."""
        low, high = least * len(self.sample), most * len(self.sample)
        known = self.frequency.items()
        return sorted(w for w, n in known if low <= n <= high and w not in FUNCTION_WORDS)

    def by_class(self) -> dict[str, list[str]]:
        """Return the addresses of each class."""
        sorts = ("name", "newest", "released")
        page = ("page", min(DEEP_PAGE, self.last_page))
        return {
            "rare word": self.draw(lambda: search(self.random.choice(self.rare))),
            "medium word": self.draw(lambda: search(self.random.choice(self.medium))),
            "very common word": self.draw(lambda: search(self.random.choice(self.common))),
            "word of nearly every entry": [search(word) for word in FUNCTION_WORDS[:8]],
            "two words": self.draw(self.two_words),
            "prefix": self.draw(self.prefix),
            "typo": self.draw(self.typo),
            "filter only": self.filters(),
            "filter + text": self.draw(self.filter_and_text),
            "two filters": self.draw(self.two_filters),
            "facets, many values": self.draw(self.many_values),
            "facet page": self.facet_pages(),
            "suggestions": self.draw(self.typing),
            "browse, page 1": [browse()],
            "browse, other orders": [browse(("sort", sort)) for sort in sorts],
            "deep page": [browse(page), *(browse(("sort", sort), page) for sort in sorts)],
            "entry": self.draw(self.entry),
        }

    def draw(self, question: Callable[[], str]) -> list[str]:
        # A small catalogue has fewer different questions.
        drawn = (question() for _ in range(10 * PER_CLASS))
        return list(islice(dict.fromkeys(drawn), PER_CLASS))

    def two_words(self) -> str:
        """Two words of one entry, both common or both medium."""
        _, _, words = self.random.choice(self.sample)
        known = {*words} & {*self.random.choice((self.common, self.medium))}
        return search(" ".join(self.random.sample(sorted(known), min(2, len(known)))))

    def prefix(self) -> str:
        """The beginning of a name or of a word, as it is while somebody types."""
        return search(self.word_or_name()[: self.random.choice((3, 4, 5))])

    def typo(self) -> str:
        """A word or a name with one letter dropped, doubled, swapped or replaced."""
        word = self.word_or_name()
        place = self.random.randrange(1, len(word) - 1)
        before, letter, after = word[:place], word[place], word[place + 1 :]
        wrong = (
            after,
            2 * letter + after,
            after[0] + letter + after[1:],
            self.random.choice(LETTERS) + after,
        )
        return search(before + self.random.choice(wrong))

    def word_or_name(self) -> str:
        _, name, words = self.random.choice(self.sample)
        return self.random.choice((name, self.random.choice(words)))

    def filters(self) -> list[str]:
        """One value of each facet: the most frequent one, a middling one, a rare one."""
        return [
            browse((name, values[int(len(values) * place)]))
            for place in (0, 0.1, 0.5)
            for name, values in self.values.items()
        ]

    def value(self, name: str) -> tuple[str, str]:
        """Return a value of a facet; like visitors, take the frequent ones more often."""
        values = self.values[name]
        return name, values[int(len(values) * self.random.random() ** 3)]

    def filter_and_text(self) -> str:
        facet = self.random.choice(("tag", "tag", "language", "product"))
        words = self.random.choice((self.common, self.medium))
        return search(self.random.choice(words), self.value(facet))

    def two_filters(self) -> str:
        pairs = [("tag", "language"), ("tag", "tag"), ("kind", "licence"), ("product", "tag")]
        return browse(*(self.value(name) for name in self.random.choice(pairs)))

    def many_values(self) -> str:
        chosen = [self.value(name) for name in ("language", "language", "kind", "kind", "licence")]
        name, value = self.value("tag")
        return browse(*dict.fromkeys(chosen), (f"-{name}", value))

    def facet_pages(self) -> list[str]:
        """All values of a facet: of the whole list, of a search, of a list narrowed already."""
        narrower = search(self.random.choice(self.medium), self.value("language"))
        lists = (browse(), search(self.random.choice(self.common)), narrower)
        return [
            reverse("projects:facet", args=[name]) + address.removeprefix(browse())
            for name in ("tag", "person", "licence")
            for address in lists
        ]

    def typing(self) -> str:
        """What the search box asks for after each of the first letters."""
        begun = self.word_or_name()[: self.random.choice((2, 3, 4, 6))]
        return reverse("projects:suggest") + "?" + urlencode({"q": begun})

    def entry(self) -> str:
        slug, _, _ = self.random.choice(self.sample)
        return reverse("projects:project", kwargs={"slug": slug})


def values_by_facet() -> dict[str, list[str]]:
    """Return the values of each facet, the most frequent first: that is how they are numbered."""
    rows = {
        "tag": Tag.objects,
        "kind": Kind.objects,
        "language": Language.objects,
        "product": Product.objects,
        "person": Person.objects.listed(),
        "upstream": Upstream.objects,
    }
    slugs = {
        name: [*some.order_by("pk").values_list("slug", flat=True)] for name, some in rows.items()
    }
    return slugs | {
        "licence": [licence.lower() for licence in LICENCES],
        "status": Project.Status.values,
        "year": [str(year) for year in range(TODAY.year, TODAY.year - 9, -1)],
    }


def browse(*parameters: tuple[str, object]) -> str:
    query = urlencode(parameters)
    return reverse("projects:project_list") + (f"?{query}" if query else "")


def search(words: str, *parameters: tuple[str, object]) -> str:
    return browse(("q", words), *parameters)
