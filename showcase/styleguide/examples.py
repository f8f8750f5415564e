"""Things that are in no database, for the page of components: one of every shape there is."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import count
from types import SimpleNamespace

from django.core.paginator import Paginator
from django.db.models import Model
from django.utils.html import format_html

from people.models import Person
from projects import contents
from projects.cards import Card, CardTag, Origin
from projects.comparing import Offer, Tray
from projects.comparison import MAX, Comparison
from projects.filters import ProjectFilters
from projects.licences import Certainty
from projects.models import (
    ChangelogEntry,
    Contribution,
    ContributionStep,
    Credit,
    Link,
    Milestone,
    Product,
    Project,
    Relation,
    Release,
    Source,
    Upstream,
)
from projects.narrowing import Chip, Choice, Group
from projects.search.excerpts import Hit
from projects.ways_out import Way

A_DAY, LATER = date(2024, 3, 9), date(2025, 11, 23)
ELSEWHERE = "https://example.org/"
_numbers = count(1)


def row[Row: Model](
    model: type[Row], hanging: Mapping[str, list] | None = None, **fields: object
) -> Row:
    """Return a row that was never saved, with what would hang on it by name."""
    made = model(pk=next(_numbers), **fields)
    # Where Django looks before it asks the database; what is not given here is empty.
    vars(made)["_prefetched_objects_cache"] = defaultdict(list, hanging or {})
    return made


def entry(name, hanging=None, **fields):
    defaults = {
        "slug": name.lower(),
        "tagline": "Tells when the tide turns.",
        "status": Project.Status.ACTIVE,
        "status_as_of": LATER,
        "licence": "MIT OR Apache-2.0",
    }
    project = row(Project, hanging, name=name, **defaults | fields)
    project.card = Card()
    return project


def product():
    return row(Product, name="Harbour", slug="harbour", tagline="Berths ships.")


def upstream():
    return row(Upstream, name="libtide", slug="libtide", tagline="Reads gauges.")


def person(name="Ada Lovelace", **fields):
    return row(Person, name=name, slug=name.lower().replace(" ", "-"), **fields)


def chosen(value):
    """Return an address that the page answers, whatever is chosen."""
    return f"?{value}"


# Labels


def of_labels():
    return {
        "statuses": [entry("Tide", status=status) for status in Project.Status],
        "licensed": [entry("Tide", licence_certainty=certainty) for certainty in Certainty]
        + [entry("Tide", licence=""), entry("Tide", licence_note="Its icons are in CC-BY-4.0.")],
        "chips": narrowing(),
    }


def narrowing():
    words = Chip("“moon phase”", chosen("words"), is_excluded=False, count=8)
    chips = [
        Chip("library", chosen("kind"), is_excluded=False, count=5),
        Chip("Rust", chosen("language"), is_excluded=True, count=9),
    ]
    return SimpleNamespace(words=words, chips=chips, cleared=ProjectFilters())


# Lists


def of_lists():
    return {
        "cards": cards(),
        "trays": {
            "none": tray([], []),
            "missing": tray(["tied"], []),
            "one": tray(["tide"], [entry("Tide")]),
            "full": tray(*full()),
        },
        "facets": [facet(), facet("Licence", is_open=True)],
        "pages": pages(),
        "ways_out": ways_out(),
        "offers": [
            Offer("Tide", Comparison(("tide",)), "Both read gauges."),
            Offer("Ebb", Comparison(("ebb",))),
        ],
    }


def cards():
    everything = entry("Tide", status=Project.Status.DORMANT, licence_certainty=Certainty.DISPUTED)
    everything.card = Card(
        kinds=["command-line tool", "library"],
        languages=["Rust", "C"],
        tags=[CardTag(name, chosen(name), "") for name in ("gauges", "moon", "shipping")],
        origins=[Origin("spun out of", "Harbour", chosen("harbour"))],
    )
    found = entry("Ebb")
    found.hit = Hit(
        "Ebb",
        format_html("Tells when the {} turns.", marked("tide")),
        format_html("The need: A {} comes late when the moon is far.", marked("tide")),
    )
    long = entry("Tidal" * 12, tagline="Long words stay inside: " + "flood" * 20, licence="")
    return {"everything": everything, "least": entry("Neap"), "found": found, "long": long}


def marked(word):
    return format_html("<mark>{}</mark>", word)


def tray(slugs, projects):
    # Asked for nothing, it asks the database for nothing.
    made = Tray(Comparison(), Project.objects.none())
    made.asked, made.projects = Comparison(tuple(slugs)), projects
    made.comparison = made.asked.keeping([project.slug for project in projects])
    made.missing = [slug for slug in slugs if slug not in made.slugs]
    return made


def full():
    projects = [entry(name) for name in ("Tide", "Ebb", "Flood", "Neap", "Spring")][:MAX]
    return [project.slug for project in projects], projects


def facet(label="Tag", *, is_open=False):
    choices = [
        Choice(name, number, chosen(name), number == 1, is_within=number == 2)
        for name, number in (("gauges", 12), ("moon", 1), ("phases", 2))
    ]
    return Group(
        label.lower(), label, choices, is_open=is_open, others=4, is_cut=False, is_worded=True
    )


def pages():
    paginator = Paginator(range(60), 24)
    return {"first": paginator.page(1), "middle": paginator.page(2), "last": paginator.page(3)}


def ways_out():
    return SimpleNamespace(
        why="No entry has all of the words “moon tram”.",
        ways=[Way("only “moon”", chosen("moon"), 8), Way("without Rust", chosen("rust"), 1)],
        related_tags=[Way("moon and gauges", chosen("gauges"), 2)],
        narrowing=narrowing(),
    )


# Entries


def of_entries():
    return {
        "whole": whole(),
        "bare": entry("Neap"),
        "replaced": replaced(),
        "contents": contents.of_project(whole(), [entry("Ebb")], timeline()),
        "prose_pages": ["giving-back"],
        "credits": everybody(),
        "links": links(),
    }


def whole():
    project = entry(
        "Tide",
        {"links": links(), "credits": everybody(), "sources": evidence(), "alternatives": [None]},
        need="Ships ran aground.",
        capabilities="Reads gauges",
        use_when="You sail where the water falls.\nYou trust the moon.",
        avoid_when="You live inland.",
        how_to_get="```console\n$ cargo install tide\n```",
    )
    project.told, project.told_of = told(project), []
    return project


def replaced():
    return entry("Ebb", status=Project.Status.DISCONTINUED, successor=entry("Tide"))


def links():
    return [
        row(Link, role=role, label=f"{role.label.capitalize()} of Tide", url=ELSEWHERE + role)
        for role in Link.Role
    ]


def everybody():
    return [
        row(Credit, person=person(), role="creator", note="wrote the first version"),
        row(Credit, person=person("Grace Hopper"), role="maintainer", started_on=A_DAY),
        row(
            Credit,
            person=person("Somebody", is_listed=False),
            role="packaging",
            basis="history",
            started_on=A_DAY,
            ended_on=LATER,
        ),
    ]


# Stories


def of_stories():
    subject = entry("Tide")
    subject.told, subject.told_of = told(subject), told_of(subject)
    return {
        "subject": subject,
        "timeline": timeline(),
        "changes": [
            row(ChangelogEntry, kind=kind, title=f"An entry was {kind.label}", date=A_DAY)
            for kind in ChangelogEntry.Kind
        ],
        "contributions": contributions(),
        "evidence": evidence(),
    }


def told(subject):
    related = {"subject_project": subject, "verb": "spun-out-of", "object_product": product()}
    return [row(Relation, **related, started_on=A_DAY, story="The *harbour* needed it.")]


def told_of(subject):
    ends = {"subject_upstream": upstream(), "object_project": subject}
    commit = row(Relation, **ends, verb="uses", started_on=A_DAY, ended_on=LATER)
    commit.evidence_label, commit.evidence_url = "commit 3c5199b", ELSEWHERE
    return [
        commit,
        row(Relation, **ends, verb="works-with", evidence_label="its manual"),
    ]


def timeline():
    return [
        row(Milestone, date=A_DAY, text="First commit.", evidence_url=ELSEWHERE),
        row(Milestone, date=A_DAY, text="The name was chosen."),
        row(Release, date=A_DAY, version="v1.0.0-rc.1", is_prerelease=True),
        row(Release, date=LATER, version="v1.0.0", notes="Reads *every* gauge.", url=ELSEWHERE),
    ]


def contributions():
    steps = [
        row(ContributionStep, date=A_DAY, text="Pull request opened.", evidence_url=ELSEWHERE),
        row(ContributionStep, date=LATER, text="Released."),
    ]
    return [
        row(
            Contribution,
            {"steps": steps} if state == Contribution.State.SHIPPED else None,
            project=entry("Tide", {"credits": everybody()}),
            upstream=upstream(),
            title=f"A gauge that is {state.label}",
            description="It read *low* water as high.",
            state=state,
            state_as_of=A_DAY,
            shipped_in="2.4" if state == Contribution.State.SHIPPED else "",
            evidence_url=ELSEWHERE,
        )
        for state in Contribution.State
    ]


def evidence():
    return [
        row(
            Source,
            supports=f"Statement {number}",
            title="Cargo.toml in the repository",
            url=ELSEWHERE if number % 2 else "",
            as_of=A_DAY if number % 2 else None,
            confidence=confidence,
            note="" if number % 2 else "The manual says otherwise.",
        )
        for number, confidence in enumerate(Source.Confidence, 1)
    ]
