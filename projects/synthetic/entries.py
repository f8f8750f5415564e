"""The entries of a synthetic catalogue, and the rows that hang on each."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from django.db.models import Model

from ..licences import Certainty
from ..models import (
    Alternative,
    CollectionItem,
    Contribution,
    ContributionStep,
    Credit,
    Link,
    Milestone,
    Project,
    ProjectKind,
    ProjectLanguage,
    Relation,
    Release,
    Source,
    TaggedProject,
)
from ..models.relation import ORIGINS, Verb
from ..models.vocabulary import slug_from_name
from .prose import Prose
from .surroundings import KINDS, TODAY, Surroundings
from .vocabulary import LANGUAGES, LICENCES, TECHNICAL
from .words import Coinage, Zipf

# Scheduled entries stay scheduled, whenever this is run.
SOME_DAY = datetime(2999, 1, 1, tzinfo=UTC)
NAMES = [
    *("{stem}",) * 7,
    *("{stem}-{word}",) * 5,
    *("lib{stem}",) * 2,
    *("{Stem}{Word}",) * 2,
    *("{Stem} {word}",) * 2,
    *("{Stem} for {Word}", "{stem}.js"),
]
INSTALL = "\n\n```console\n$ get {slug}\n```"
BETWEEN_ENTRIES = (Verb.USES, Verb.WORKS_WITH, Verb.BUILT_ON, Verb.TESTED_WITH, Verb.REPLACES)
STATUSES = Zipf(
    [
        *(Project.Status.ACTIVE, Project.Status.RELEASED, Project.Status.FINISHED),
        *(Project.Status.DORMANT, Project.Status.DISCONTINUED),
        *(Project.Status.MERGED, Project.Status.PROPOSED),
    ]
)


class Entries:
    """Makes an entry, with all its rows, for each number from 1 on."""

    def __init__(self, surroundings: Surroundings, seed: int, random: Random, prose: Prose):
        self.random, self.prose, self.shared = random, prose, surroundings
        self._stems = Coinage(3, seed)
        numbers = {what: range(1, most + 1) for what, most in surroundings.numbers.items()}
        self._tags = Zipf(numbers["tags"], exponent=0.8)
        self._people = Zipf(numbers["people"], exponent=0.7, offset=10)
        self._products = Zipf(numbers["products"], exponent=0.8)
        self._upstreams = Zipf(numbers["upstreams"], exponent=0.8)
        self._collections = Zipf(numbers["collections"], exponent=0.3)
        self._kinds = Zipf(range(1, len(KINDS) + 1))
        self._languages = Zipf(range(1, len(LANGUAGES) + 1))
        self._licences = Zipf(LICENCES)

    def rows(self, number: int) -> Iterator[Model]:
        """Yield an entry and what hangs on it; it points to entries with smaller numbers only."""
        tags = self._tags.distinct(self.random, self.random.randint(2, 8))
        project = self.project(number, [self.shared.tag_name(tag) for tag in tags])
        yield project
        for tag in tags:
            yield TaggedProject(content_object_id=number, tag_id=tag)
        yield from self.sorts(number)
        yield from self.credits(number)
        yield from self.relations(number)
        yield from self.contributions(project)
        yield from self.alternatives(number)
        yield from self.evidence(project)
        yield from self.history(project)
        if self.one_in(4):
            collection = self._collections.choose(self.random)
            yield CollectionItem(collection_id=collection, project_id=number, order=number % 100)

    def project(self, number: int, tags: list[str]) -> Project:
        name = self.name(number)
        status = STATUSES.choose(self.random)
        status_as_of = self.shared.day()
        return Project(
            pk=number,
            name=name,
            slug=slug_from_name(name),
            aliases=self.aliases(name),
            tagline=self.prose.sentence(9, 15)[:160],
            status=status,
            status_as_of=status_as_of,
            status_note=self.prose.line() if self.one_in(3) else "",
            successor_id=self.successor(number, status),
            first_released_on=self._before(status_as_of) if self.one_in(2) else None,
            is_featured=number % 200 == 1,
            **self.texts(name, tags),
            **self.licence(),
            **self.publication(number),
        )

    def name(self, number: int) -> str:
        stem, word = self._stems.word(number), self.random.choice(TECHNICAL)
        if self.one_in(25):
            stem = stem.replace("a", "ä").replace("e", "é")
        form = self.random.choice(NAMES)
        return form.format(stem=stem, Stem=stem.capitalize(), word=word, Word=word.capitalize())

    def aliases(self, name: str) -> str:
        words = name.split()
        if len(words) > 1 and self.one_in(2):
            return "".join(word[0] for word in words) + words[0][1:]
        return f"{name} project" if self.one_in(8) else ""

    def texts(self, name: str, tags: list[str]) -> dict[str, str]:
        return {
            "need": self.prose.text(30, 110, about=tags[:1]),
            "description": self.prose.text(110, 200, about=[name, name, *tags]),
            "capabilities": self.prose.lines(3, 6),
            "use_when": self.prose.lines(2, 4),
            "avoid_when": self.prose.lines(1, 4),
            "requirements": self.prose.lines(0, 3),
            "how_to_get": self.prose.sentence(8, 20) + INSTALL.format(slug=slug_from_name(name)),
        }

    def licence(self) -> dict[str, str]:
        chance = self.random.random()
        if chance < 0.04:
            return {"licence": "", "licence_certainty": Certainty.UNCLEAR}
        first, second = self._licences.choose(self.random), self._licences.choose(self.random)
        if chance < 0.1:
            unsure = (Certainty.UNCLEAR, Certainty.DISPUTED, Certainty.UNVERIFIED)
            note = self.prose.sentence(6, 20)
            certainty = self.random.choice(unsure)
            return {"licence": first, "licence_certainty": certainty, "licence_note": note}
        return {"licence": f"{first} OR {second}" if chance < 0.2 and first != second else first}

    def publication(self, number: int) -> dict[str, object]:
        """Of a hundred entries five are not finished, one is scheduled and one withdrawn."""
        moment = self.shared.moment()
        state = Project.State.PUBLISHED
        published_at: datetime | None = moment
        match number % 100:
            case 7 | 27 | 47 | 67:
                state, published_at = Project.State.DRAFT, None
            case 87:
                state, published_at = Project.State.IN_REVIEW, None
            case 13:
                published_at = SOME_DAY
            case 53:
                state = Project.State.WITHDRAWN
        return {
            "state": state,
            "published_at": published_at,
            "reviewed_on": moment.date(),
            "updated_at": self.shared.moment(since=moment.date()),
        }

    def successor(self, number: int, status: str) -> int | None:
        is_replaced = status == Project.Status.DISCONTINUED and number > 1 and self.one_in(2)
        return self.random.randrange(1, number) if is_replaced else None

    def sorts(self, number: int) -> Iterator[Model]:
        kinds = self._kinds.distinct(self.random, self.random.choice((1, 1, 1, 2)))
        for order, kind in enumerate(kinds):
            yield ProjectKind(project_id=number, kind_id=kind, order=order)
        languages = self._languages.distinct(self.random, self.random.choice((1, 1, 1, 2, 3)))
        for order, language in enumerate(languages):
            yield ProjectLanguage(project_id=number, language_id=language, order=order)

    def credits(self, number: int) -> Iterator[Model]:
        people = self._people.distinct(self.random, self.random.choice((1, 1, 2, 2, 3, 4)))
        for order, person in enumerate(people):
            role = self.random.choice(Credit.Role.values[1:]) if order else Credit.Role.CREATOR
            yield Credit(project_id=number, person_id=person, role=role, order=order)

    def relations(self, number: int) -> Iterator[Model]:
        products = self._products.distinct(self.random, self.random.choice((0, 1, 1, 1, 1, 2)))
        for product in products:
            yield Relation(
                subject_project_id=number,
                verb=self.random.choice(ORIGINS),
                object_product_id=product,
                story=self.prose.sentence(8, 20),
            )
        if number > 1 and self.one_in(4):
            yield Relation(
                subject_project_id=number,
                verb=self.random.choice(BETWEEN_ENTRIES),
                object_project_id=self.random.randrange(1, number),
            )

    def contributions(self, project: Project) -> Iterator[Model]:
        if not self.one_in(7):
            return
        state = self.random.choice(Contribution.State.values)
        contribution = Contribution(
            pk=project.pk,
            project_id=project.pk,
            upstream_id=self._upstreams.choose(self.random),
            title=self.prose.line(3, 7),
            description=self.prose.text(20, 60),
            state=state,
            state_as_of=project.status_as_of,
            shipped_in="v1.2.0" if state == Contribution.State.SHIPPED else "",
        )
        yield contribution
        for text in ("Opened.", "Reviewed."):
            date = project.status_as_of
            yield ContributionStep(contribution_id=contribution.pk, date=date, text=text)

    def alternatives(self, number: int) -> Iterator[Model]:
        if self.one_in(3):
            name = self._stems.word(self._stems.size - number).capitalize()
            url = f"https://{name.lower()}.example.org/"
            difference = self.prose.sentence(8, 25)
            yield Alternative(project_id=number, name=name, url=url, difference=difference)
        if number > 1 and self.one_in(5):
            other = self.random.randrange(1, number)
            difference = self.prose.sentence(8, 25)
            name = f"Entry {other}"
            yield Alternative(
                project_id=number, name=name, other_id=other, difference=difference, order=1
            )

    def evidence(self, project: Project) -> Iterator[Model]:
        home = f"https://code.example.org/{project.slug}"
        roles = [Link.Role.SOURCE, Link.Role.DOCUMENTATION, Link.Role.PACKAGE]
        for order, role in enumerate(roles[: self.random.randint(1, 3)]):
            url = f"{home}/{role}"
            yield Link(
                project_id=project.pk, role=role, label=str(role.label), url=url, order=order
            )
        for statement in ("Licence", "Status", "First release")[: self.random.randint(0, 3)]:
            yield Source(
                project_id=project.pk,
                supports=statement,
                title=self.prose.line(3, 6),
                url=home,
                as_of=project.status_as_of,
                confidence=self.random.choice(Source.Confidence.values),
            )

    def history(self, project: Project) -> Iterator[Model]:
        day = project.first_released_on
        if day is None:
            return
        text = f"First commit of {project.name}."
        yield Milestone(project_id=project.pk, date=day - timedelta(days=30), text=text)
        for minor in range(self.random.choice((1, 1, 2, 3, 5, 8, 13))):
            version = f"v{minor // 5}.{minor % 5}.0"
            notes = self.prose.text(10, 30) if self.one_in(5) else ""
            yield Release(project_id=project.pk, version=version, date=day, notes=notes)
            day = min(TODAY, day + timedelta(days=self.random.randint(20, 200)))

    def one_in(self, times: int) -> bool:
        return self.random.random() * times < 1

    def _before(self, day: date) -> date:
        return day - timedelta(days=self.random.randint(0, 1_500))
