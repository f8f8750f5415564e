"""The cases that are measured, and the programs that answer them."""

from typing import NamedTuple

YARDSTICKS = "tests.benchmarks.serving.yardsticks"


class Program(NamedTuple):
    """What gunicorn runs with which settings, and the address by whose answer it is up."""

    application: str
    settings: str
    first: str


PROGRAMS = {
    "bare view": Program(f"{YARDSTICKS}.bare", f"{YARDSTICKS}.bare_settings", "/"),
    "template from memory": Program(
        f"{YARDSTICKS}.memory", f"{YARDSTICKS}.memory_settings", "/in-memory/"
    ),
    # Nothing is dearer for a process that has answered nothing yet: it reads its snapshot first.
    "site": Program("showcase.wsgi", "showcase.settings", "/projects/"),
}


class Case(NamedTuple):
    """One kind of request: what is asked, and of which program."""

    name: str
    # Where the plan has its addresses, if it is not the name.
    asks: str = ""
    program: str = "site"
    # Whether something was written since an address was last asked, so that its page is made anew.
    is_fresh: bool = False
    # Whether each address is asked once, so that nothing at all can have been kept of it.
    is_first: bool = False
    # Whether the visitor has the page already and asks if it is still good.
    is_conditional: bool = False

    @property
    def plan(self) -> str:
        return self.asks or self.name

    @property
    def status(self) -> int:
        return 304 if self.is_conditional else 200


BARE, LIST, ENTRY = "bare view", "fresh list page", "fresh entry page"
CASES = (
    Case(BARE, program=BARE),
    Case("static file"),
    Case("template from memory", program="template from memory"),
    Case("kept page"),
    Case("304 page", asks="kept page", is_conditional=True),
    Case("kept feed"),
    Case("304 feed", asks="kept feed", is_conditional=True),
    Case(LIST, is_fresh=True),
    Case(ENTRY, is_fresh=True),
    Case("first list page", asks=LIST, is_first=True),
    Case("first entry page", asks=ENTRY, is_first=True),
    Case("search", is_first=True),
    Case("suggestions", is_first=True),
)
# What must cost no more than a bare view.
REPEATED = ("kept page", "304 page", "kept feed", "304 feed")
# What is measured beside a larger catalogue on one of this size too, to see what size does.
GROWING = (LIST, ENTRY)
SMALL = 10_000
