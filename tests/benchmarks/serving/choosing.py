"""Chooses addresses that the catalogue has an answer for, and counts the queries of some."""

from collections.abc import Callable
from itertools import islice
from random import Random

from django.templatetags.static import static
from django.urls import reverse

from projects.filters import ProjectFilters
from projects.listing import Listing

from ..questions import PAGE_SIZE, Questions, browse, search
from ..report import circumstances
from ..timing import watching
from .asking import queries
from .cases import CASES, ENTRY, LIST
from .planning import Plan

# A catalogue may have fewer different questions than are wanted.
TRIES = 20
# Visitors turn no more pages than these.
PAGES = 5
# Of a hundred visitors of a mixture, so many ask this.
SHARES = {"kept page": 40, "kept feed": 5, LIST: 20, ENTRY: 20, "search": 10, "suggestions": 5}
# So many lists and entries are asked for again and again.
POPULAR = 100
# So many answers of a case are looked at for their queries.
COUNTED = 20


def plan(number: int, mixed: int) -> Plan:
    addresses = choose(number)
    random = Random(2)  # noqa: S311 (nothing secret is made of it)
    return {
        "addresses": addresses,
        "mixtures": [mixture(addresses, mixed, random) for _ in range(2)],
        "queries": count(addresses),
        "circumstances": circumstances(),
    }


def choose(number: int) -> dict[str, list[str]]:
    """Return so many different addresses for each kind of question, or as many as there are."""
    questions = Questions()
    words = [*questions.medium, *questions.common]

    def any_search() -> str:
        one_word = search(questions.random.choice(words))
        other = questions.random.choice((questions.two_words, questions.filter_and_text))
        return questions.random.choice((one_word, other()))

    return {
        "bare view": ["/"],
        "template from memory": ["/in-memory/"],
        "static file": [static("css/site.css")],
        "kept page": [browse()],
        "kept feed": [reverse("projects:project_feed")],
        LIST: different(number, lambda: narrowed(questions)),
        ENTRY: different(number, questions.entry),
        "search": different(number, any_search),
        "suggestions": different(number, questions.typing),
    }


def different(number: int, question: Callable[[], str]) -> list[str]:
    drawn = (question() for _ in range(TRIES * number))
    return list(islice(dict.fromkeys(filter(None, drawn)), number))


def narrowed(questions: Questions) -> str:
    """Return a page full of cards of a list with one or two choices; nothing if there is none."""
    random = questions.random
    facets = sorted(random.sample(sorted(questions.values), random.choice((1, 2))))
    chosen = [questions.value(facet) for facet in facets]
    filters = ProjectFilters.from_query({facet: [value] for facet, value in chosen})
    if not (pages := len(Listing(filters)) // PAGE_SIZE):
        return ""
    parameters: list[tuple[str, object]] = [*chosen]
    if sort := random.choice(("", "", "name", "newest")):
        parameters.append(("sort", sort))
    if (page := random.randint(1, min(pages, PAGES))) > 1:
        parameters.append(("page", page))
    return browse(*parameters)


def mixture(addresses: dict[str, list[str]], number: int, random: Random) -> list[str]:
    """Return what visitors ask who want different things, and some of them the same."""
    popular = [*addresses["kept page"], *addresses[LIST][:POPULAR], *addresses[ENTRY][:POPULAR]]
    wanted = addresses | {"kept page": popular}
    cases = random.choices([*SHARES], [*SHARES.values()], k=number)
    return [random.choice(wanted[case]) for case in cases]


def count(addresses: dict[str, list[str]]) -> dict[str, list[int]]:
    """Return the fewest and the most queries of an answer, for each case of the site."""
    found = {}
    with watching() as watch:
        for case in (case for case in CASES if case.program == "site"):
            known = addresses[case.plan]
            asked = known[: COUNTED + 1] if case.is_fresh or case.is_first else known * 3
            # With the first the process learns what it needs for all of them.
            numbers = [queries(watch, address, case) for address in asked][1:]
            found[case.name] = [min(numbers), max(numbers)]
    return found
