"""How projects, products and upstreams hang together."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.fields import LineField, MarkdownField, OrderField, PastDateField, WebAddressField
from people.natural_keys import NaturalKeyManager, NaturalKeyModel

from ..querysets import RelationQuerySet
from .subject import SUBJECTS, by_slug, exactly_one, or_zero, where_set


class Verb(models.TextChoices):
    """What the subject is to the object; INVERSES says it the other way round."""

    SPUN_OUT_OF = "spun-out-of", _("spun out of")
    FOUND_WHILE = "found-while", _("found while working on")
    MADE_FOR = "made-for", _("made for")
    PART_OF = "part-of", _("part of")
    PUBLISHED_BY = "published-by", _("published by")
    USES = "uses", _("uses")
    BUILT_ON = "built-on", _("built on")
    BUILT_WITH = "built-with", _("built with")
    TESTED_WITH = "tested-with", _("tested with")
    PORT_OF = "port-of", _("port of")
    MANAGES = "manages", _("manages")
    REACTS_TO = "reacts-to", _("reacts to events of")
    USER_SPACE_OF = "user-space-of", _("user-space side of")
    UPSTREAM_OF = "upstream-of", _("upstream of")
    WORKS_WITH = "works-with", _("works with")
    REPLACES = "replaces", _("replaces")


INVERSES = {
    Verb.SPUN_OUT_OF: _("gave rise to"),
    Verb.FOUND_WHILE: _("led to"),
    Verb.MADE_FOR: _("prompted"),
    Verb.PART_OF: _("contains"),
    Verb.PUBLISHED_BY: _("publishes"),
    Verb.USES: _("used by"),
    Verb.BUILT_ON: _("foundation of"),
    Verb.BUILT_WITH: _("helps to build"),
    Verb.TESTED_WITH: _("helps to test"),
    Verb.PORT_OF: _("ported as"),
    Verb.MANAGES: _("managed by"),
    Verb.REACTS_TO: _("answered by"),
    Verb.USER_SPACE_OF: _("has as its user-space side"),
    Verb.UPSTREAM_OF: _("downstream of"),
    Verb.WORKS_WITH: _("works with"),
    Verb.REPLACES: _("replaced by"),
}

# The verbs that say the same from either side.
SYMMETRIC = {Verb.WORKS_WITH}

# The verbs that tell where a project came from, and so under which product it is shown.
ORIGINS = (
    Verb.SPUN_OUT_OF,
    Verb.FOUND_WHILE,
    Verb.MADE_FOR,
    Verb.PART_OF,
    Verb.PUBLISHED_BY,
)


class RelationManager(NaturalKeyManager["Relation"]):
    def get_by_natural_key(self, kind, slug, verb, object_kind, object_slug):
        ends = {f"subject_{kind}__slug": slug, f"object_{object_kind}__slug": object_slug}
        return self.get(verb=verb, **ends)


SUBJECT_FIELDS = [f"subject_{name}" for name in SUBJECTS]
OBJECT_FIELDS = [f"object_{name}" for name in SUBJECTS]


def end(model, related_name):
    """Return a foreign key to one of the things that may stand at an end of a relation."""
    return models.ForeignKey(
        f"projects.{model}",
        models.CASCADE,
        null=True,
        blank=True,
        related_name=related_name,
        db_index=False,
    )


class Relation(NaturalKeyModel):
    """Subject, verb, object: “agentx-rs, spun out of, DRBD Reactor”."""

    subject_project = end("Project", "relations_from")
    subject_product = end("Product", "relations_from")
    subject_upstream = end("Upstream", "relations_from")
    verb = models.CharField(max_length=20, choices=Verb)
    object_project = end("Project", "relations_to")
    object_product = end("Product", "relations_to")
    object_upstream = end("Upstream", "relations_to")
    started_on = PastDateField("since", null=True, blank=True)
    ended_on = PastDateField("until", null=True, blank=True)
    story = MarkdownField(blank=True, help_text="How it came about, in a sentence or two.")
    evidence_label = LineField(
        max_length=120, blank=True, help_text="What the evidence is: “commit 3c5199b”."
    )
    evidence_url = WebAddressField("evidence", blank=True)
    order = OrderField()

    objects = RelationManager.from_queryset(RelationQuerySet)()

    class Meta:
        ordering = ["order", "verb", *by_slug(*SUBJECT_FIELDS, *OBJECT_FIELDS)]
        indexes = where_set((*SUBJECT_FIELDS, *OBJECT_FIELDS), "projects_relation")
        constraints = [
            exactly_one(
                SUBJECT_FIELDS,
                constraint="projects_relation_one_subject",
                message="Choose exactly one subject: a project, a product or an upstream.",
            ),
            exactly_one(
                OBJECT_FIELDS,
                constraint="projects_relation_one_object",
                message="Choose exactly one object: a project, a product or an upstream.",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"subject_{name}__isnull": True})
                    | Q(**{f"object_{name}__isnull": True})
                    | ~Q(**{f"subject_{name}": F(f"object_{name}")}),
                    name=f"projects_relation_no_self_{name}",
                    violation_error_message="Nothing is related to itself.",
                )
                for name in SUBJECTS
            ),
            models.UniqueConstraint(
                "verb",
                *or_zero(*SUBJECT_FIELDS, *OBJECT_FIELDS),
                name="projects_relation_once",
                violation_error_message="This relation is already there.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="projects_relation_period",
                violation_error_message="The end cannot be before the beginning.",
            ),
        ]

    def __str__(self):
        return f"{self.subject} {self.get_verb_display()} {self.object}"

    @property
    def subject(self):
        return self.subject_project or self.subject_product or self.subject_upstream

    @property
    def object(self):
        return self.object_project or self.object_product or self.object_upstream

    @property
    def inverse(self):
        """The verb as read from the object's side."""
        return INVERSES[Verb(self.verb)]

    def natural_key(self):
        subject, target = self.subject, self.object
        return (
            *(subject._meta.model_name, subject.slug),
            self.verb,
            *(target._meta.model_name, target.slug),
        )

    def clean(self):
        """Refuse a “part of” that leads back, and what is said from the other side already."""
        if not (self.subject and self.object):
            return
        relations = type(self).objects
        if self.verb in SYMMETRIC and relations.is_said(self.object, self.verb, self.subject):
            raise ValidationError(
                f"“{self.object} {self.get_verb_display()} {self.subject}” is there already, "
                "and is shown on both pages."
            )
        if self.verb == Verb.PART_OF and relations.is_part_of(self.object, self.subject):
            raise ValidationError(
                f"{self.object} is already part of {self.subject}, "
                f"so {self.subject} cannot be part of {self.object}."
            )
