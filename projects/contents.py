"""The contents of a long page: which of its sections there are, under which heading."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

# What has fewer sections is read without a list of them.
WORTH_A_LIST = 3


class Section(NamedTuple):
    """A part of a page: the id of its heading, its name in the list, and what would stand there."""

    id: str
    name: str
    what: object = True


def of_project(project, similar, history):
    return _listed(
        Section("choice", _("Should I use it?"), project.use_when or project.avoid_when),
        Section("what", _("What it is"), project.need or project.description),
        Section("capabilities", _("What it can do"), project.capabilities),
        Section("get", _("How to get it"), project.how_to_get or project.requirements),
        Section("upstream", _("Upstream"), project.contributions.all()),
        _relations(project),
        Section("alternatives", _("Alternatives"), project.alternatives.all()),
        Section("similar", _("Similar entries"), similar),
        Section("history", _("History"), history),
        _sources(project),
        Section("help", _("How to help")),
    )


def of_product(product, history):
    return _listed(
        Section("what", _("What it is"), product.description or product.origin),
        Section("projects", _("What came out of it")),
        _relations(product),
        Section("history", _("History"), history),
        _sources(product),
    )


def of_upstream(upstream, ledger, history):
    return _listed(
        Section("what", _("What it is"), upstream.description),
        Section("contributions", _("What went into it"), ledger),
        _relations(upstream),
        Section("history", _("History"), history),
        _sources(upstream),
    )


def of_person(person, credited, projects, contributions):
    return _listed(
        Section("bio", pgettext("a person", "About"), person.bio),
        Section("credits", _("Roles"), credited or not person.bio),
        Section("projects", _("Projects"), projects),
        Section("upstream", _("Upstream work"), contributions),
    )


def _relations(subject):
    return Section("relations", _("How it fits together"), subject.told or subject.told_of)


def _sources(subject):
    return Section("sources", _("Where this comes from"), subject.sources.all())


def _listed(*sections: Section) -> list[Section]:
    there = [section for section in sections if section.what]
    return there if len(there) >= WORTH_A_LIST else []
