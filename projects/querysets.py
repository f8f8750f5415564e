"""The rules about rows, each written once. Everything public is built on `published()`."""

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
)
from django.db.models.functions import Lower
from django.utils import timezone

from people.changes import TellingQuerySet

# Circular on purpose, and only looked into when a query is built.
from . import models as catalogue
from .search import found


class ProjectQuerySet(TellingQuerySet):
    def published(self):
        """What the public may see."""
        return self.filter(published())

    def visible_to(self, user):
        """What somebody may see in the admin: all of it, or what is public and their own."""
        if user.has_perm("projects.change_project"):
            return self
        return self.filter(published() | Q(owner=user))

    def withdrawn(self):
        """What the public saw once, each with what to use instead; no word of it but its name."""
        successor = Prefetch("successor", catalogue.Project.objects.published())
        was_public = self.filter(state="withdrawn", published_at__lte=timezone.now())
        return was_public.prefetch_related(successor)

    def from_product(self, product):
        """Those that came from a product, by the verbs that tell an origin."""
        origins = catalogue.Relation.objects.origins().filter(object_product=product)
        return self.filter(pk__in=origins.values("subject_project"))

    def in_order_of_release(self):
        """Sort by the day of the first release; those of which it is not known come last."""
        return self.order_by(F("first_released_on").asc(nulls_last=True), "name", "slug")

    def search(self, text):
        """Those in which every word of the text occurs, with their `relevance`."""
        return found(self, text)

    def is_succeeded_by(self, earlier, later):
        """Tell whether one project takes the place of another, however many steps on."""
        seen, ahead = set(), earlier.successor_id
        while ahead and ahead not in seen:
            if ahead == later.pk:
                return True
            seen.add(ahead)
            ahead = self.values_list("successor", flat=True).get(pk=ahead)
        return False

    def with_values(self):
        """With kinds, languages, tags and origins, in a fixed number of queries."""
        origins = catalogue.Relation.objects.origins().select_related("object_product")
        return self.prefetch_related(
            Prefetch("kind_items", catalogue.ProjectKind.objects.select_related("kind")),
            Prefetch(
                "language_items", catalogue.ProjectLanguage.objects.select_related("language")
            ),
            Prefetch("tag_items", catalogue.TaggedProject.objects.select_related("tag")),
            Prefetch("relations_from", origins, to_attr="origins"),
        )

    def for_comparison(self):
        """Everything that a column of a comparison shows."""
        contributions = catalogue.Contribution.objects.select_related("upstream")
        return self.with_values().prefetch_related(
            Prefetch("successor", catalogue.Project.objects.published()),
            Prefetch("contributions", contributions),
            Prefetch("alternatives", catalogue.Alternative.objects.public()),
            Prefetch("releases", catalogue.Release.objects.all()[:1], to_attr="newest_releases"),
            credits_with_people("credits"),
        )


def credits_with_people(lookup):
    return Prefetch(lookup, catalogue.Credit.objects.select_related("person"))


# What tells whether the public may see a project.
PUBLICITY = ("state", "published_at")


def published(way=""):
    """Tell what the public may see, and the only rule about it; by the way to the project."""
    return Q((f"{way}state", "published"), (f"{way}published_at__lte", timezone.now()))


def is_public(project, now):
    """Tell the same of a project that has been read."""
    return (
        project.state == "published"
        and project.published_at is not None
        and project.published_at <= now
    )


def published_projects():
    return catalogue.Project.objects.published()


def is_published(lookup):
    """Tell whether a row points to a published project; looks for this one, not for all."""
    return Exists(published_projects().filter(pk=OuterRef(lookup)))


class UpstreamQuerySet(TellingQuerySet):
    def public(self):
        """Those that have a page: they got a contribution, or a public relation names them."""
        here = OuterRef("pk")
        return self.filter(
            Exists(catalogue.Contribution.objects.public().filter(upstream=here))
            | _is_related(here)
        )

    def related(self):
        """Those that a public relation names."""
        return self.filter(_is_related(OuterRef("pk")))


def _is_related(upstream):
    relations = catalogue.Relation.objects.public()
    # For many upstreams PostgreSQL asks for all such relations at once, and has to be told that
    # they are in the index of those that have an upstream.
    of_any = relations.filter(subject_upstream__isnull=False, subject_upstream=upstream)
    to_any = relations.filter(object_upstream__isnull=False, object_upstream=upstream)
    return Exists(of_any) | Exists(to_any)


class TagQuerySet(TellingQuerySet):
    def used(self):
        """Tags of published projects."""
        items = catalogue.TaggedProject.objects.filter(is_published("content_object"))
        return self.filter(Exists(items.filter(tag=OuterRef("pk"))))


class CollectionQuerySet(TellingQuerySet):
    def public(self):
        """Collections with a published project in them."""
        items = catalogue.CollectionItem.objects.filter(is_published("project"))
        return self.filter(Exists(items.filter(collection=OuterRef("pk"))))


class CollectionItemQuerySet(TellingQuerySet):
    def public(self):
        """Published projects in collections, in the editor's order."""
        return self.filter(published("project__")).select_related("project")


class ContributionQuerySet(TellingQuerySet):
    def public(self):
        return self.filter(is_published("project"))

    def with_people(self):
        """With the project and the people credited for it."""
        return self.select_related("project").prefetch_related(
            credits_with_people("project__credits")
        )

    def with_steps(self):
        """With the project and what happened to each."""
        return self.select_related("project").prefetch_related("steps")


class AlternativeQuerySet(TellingQuerySet):
    def public(self):
        """Alternatives outside the catalogue, and those inside that visitors may see."""
        return self.filter(Q(other__isnull=True) | is_published("other")).select_related("other")


class AboutQuerySet(TellingQuerySet):
    """Rows about a project, or about something else, which is always public."""

    def public(self):
        return self.filter(Q(project__isnull=True) | is_published("project"))


class CreditQuerySet(AboutQuerySet):
    def with_subjects(self):
        """With everything that is told of what a person did, in the order of one person's."""
        contributions = catalogue.Contribution.objects.select_related("upstream")
        # Without the person, who is the same: to order by their slug is to look at all people.
        of_one = self.order_by("order", "role", *catalogue.subject.by_slug("project", "product"))
        return of_one.select_related("product").prefetch_related(
            "project",
            Prefetch("project__contributions", contributions),
        )


class ReleaseQuerySet(AboutQuerySet):
    def of_projects(self):
        """Releases of published projects, newest first."""
        newest_of_a_day = catalogue.history.NEWEST_OF_A_DAY
        return (
            self.filter(published("project__"))
            .select_related("project")
            .order_by("-date", Lower("project__name"), "project__slug", *newest_of_a_day)
        )


class ChangelogQuerySet(TellingQuerySet):
    def with_projects(self):
        """With the published projects of each entry as `public_projects`."""
        return self.prefetch_related(
            Prefetch("projects", published_projects(), to_attr="public_projects")
        )


class RelationQuerySet(TellingQuerySet):
    def public(self):
        """Relations that betray no unpublished project at either end."""
        return self.filter(
            Q(subject_project__isnull=True) | is_published("subject_project"),
            Q(object_project__isnull=True) | is_published("object_project"),
        )

    def origins(self):
        """Where projects came from among the organisation's products."""
        return self.filter(verb__in=catalogue.relation.ORIGINS, object_product__isnull=False)

    def with_ends(self):
        """With the things at both ends."""
        kinds = ("project", "product", "upstream")
        return self.select_related(
            *(f"subject_{kind}" for kind in kinds), *(f"object_{kind}" for kind in kinds)
        )

    def is_said(self, subject, verb, target):
        """Tell whether there is a relation between two things, in this direction."""
        ends = {
            f"subject_{subject._meta.model_name}": subject,
            f"object_{target._meta.model_name}": target,
        }
        return self.filter(verb=verb, **ends).exists()

    def is_part_of(self, part, whole):
        """Tell whether one thing is part of another, however many steps away."""
        # What is not saved yet is part of nothing.
        seen, ahead = set(), [part] if part.pk else []
        while ahead:
            thing = ahead.pop()
            if thing == whole:
                return True
            if thing not in seen:
                seen.add(thing)
                kind = thing._meta.model_name
                parents = self.filter(verb="part-of", **{f"subject_{kind}": thing}).with_ends()
                ahead += [parent.object for parent in parents]
        return False
