"""How complete an entry is: criteria with points, a hundred in all.

Each criterion is a condition that the database judges, so that one wording of it serves the list,
its filter and its order, the form and the next fixes.
"""

from datetime import timedelta
from functools import reduce
from operator import add, and_
from typing import NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models.functions import Cast, Now

from .licences import Certainty
from .models import (
    Credit,
    Link,
    Project,
    ProjectKind,
    ProjectLanguage,
    Source,
    TaggedProject,
)

# What was looked at longer ago may have changed since.
A_YEAR_AGO = Cast(Now() - timedelta(days=365), DateField())

type Condition = Q | Exists


class Criterion(NamedTuple):
    """Something that a good entry has; `anchor` is where its form asks for it."""

    key: str
    label: str
    points: int
    anchor: str
    to_do: str
    met: Condition

    @property
    def annotation(self) -> str:
        return f"has_{self.key}"


class Score(NamedTuple):
    """What an entry has of the points there are, and which criteria it misses them by."""

    points: int
    of: int
    missing: list[Criterion]

    @property
    def arithmetic(self) -> str:
        """The sum as it is done by hand: what there is, less what each missing thing counts."""
        if not self.missing:
            return f"{self.of} of {self.of}"
        steps = (
            f"\N{MINUS SIGN} {criterion.points} ({criterion.label})" for criterion in self.missing
        )
        return f"{self.of} {' '.join(steps)} = {self.points}"

    def __str__(self) -> str:
        return f"{self.points} of {self.of}"


def filled(name: str) -> Condition:
    return ~Q((name, ""))


def has_row(rows: QuerySet, project: str = "project") -> Condition:
    return Exists(rows.filter(**{project: OuterRef("pk")}))


def has_link(role: Link.Role) -> Condition:
    return has_row(Link.objects.filter(role=role))


CRITERIA = [
    Criterion(
        "licence",
        "licence stated",
        12,
        "id_licence",
        "State the licence, as the project itself does.",
        ~Q(licence="") & Q(licence_certainty=Certainty.STATED),
    ),
    Criterion("need", "need", 12, "id_need", "Tell what problem led to it.", filled("need")),
    Criterion(
        "description",
        "description",
        8,
        "id_description",
        "Tell what it is and how it works.",
        filled("description"),
    ),
    Criterion(
        "use_when", "use it when", 10, "id_use_when", "Give reasons to use it.", filled("use_when")
    ),
    Criterion(
        "avoid_when",
        "do not use it when",
        6,
        "id_avoid_when",
        "Say when something else is better.",
        filled("avoid_when"),
    ),
    Criterion(
        "how_to_get",
        "how to get it",
        8,
        "id_how_to_get",
        "Say how to install or obtain it.",
        filled("how_to_get"),
    ),
    Criterion(
        "source_link",
        "link to the source code",
        8,
        "links-group",
        "Add a link to the source code.",
        has_link(Link.Role.SOURCE),
    ),
    Criterion(
        "documentation_link",
        "link to the documentation",
        6,
        "links-group",
        "Add a link to the documentation.",
        has_link(Link.Role.DOCUMENTATION),
    ),
    Criterion(
        "credit",
        "credit",
        8,
        "credits-group",
        "Credit at least one person.",
        has_row(Credit.objects.all()),
    ),
    Criterion(
        "kind",
        "kind",
        4,
        "kind_items-group",
        "Say what kind of thing it is.",
        has_row(ProjectKind.objects.all()),
    ),
    Criterion(
        "language",
        "language",
        3,
        "language_items-group",
        "Name the language it is written in.",
        has_row(ProjectLanguage.objects.all()),
    ),
    Criterion(
        "tag",
        "tag",
        4,
        "tag_items-group",
        "Add a tag that people look for.",
        has_row(TaggedProject.objects.all(), "content_object"),
    ),
    Criterion(
        "dated_source",
        "source with its date",
        5,
        "sources-group",
        "Name a source, and the day whose state it tells.",
        has_row(Source.objects.filter(as_of__isnull=False)),
    ),
    Criterion(
        "review",
        "reviewed within a year",
        6,
        "id_reviewed_on",
        "Check every statement, and enter the day.",
        Q(reviewed_on__isnull=False, reviewed_on__gte=A_YEAR_AGO),
    ),
]
TOTAL = sum(criterion.points for criterion in CRITERIA)
COMPLETE = reduce(and_, (Q(criterion.met) for criterion in CRITERIA))
# The points of an entry as the database sums them up, to sort by.
POINTS = reduce(
    add,
    (Case(When(criterion.met, then=criterion.points), default=0) for criterion in CRITERIA),
)


def scored(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Return the entries with what `score` needs of them, in the same query."""
    return projects.annotate(
        **{
            criterion.annotation: ExpressionWrapper(criterion.met, BooleanField())
            for criterion in CRITERIA
        }
    )


def score(project: Project) -> Score:
    """Return the score of an entry out of `scored`."""
    missing = [criterion for criterion in CRITERIA if not getattr(project, criterion.annotation)]
    return Score(TOTAL - sum(criterion.points for criterion in missing), TOTAL, missing)
