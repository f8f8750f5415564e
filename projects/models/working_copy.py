"""Changes that are written down and not public yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.documents.document import Document, document_of
from people.documents.merging import merge_documents
from people.fields import LineField

from .subject import exactly_one

TARGETS = ("project", "person")


class WorkingCopyQuerySet(models.QuerySet):
    def open(self):
        """Those that nobody has decided on yet."""
        return self.filter(state__in=WorkingCopy.OPEN)

    def of(self, thing):
        return self.filter(**{thing._meta.model_name: thing})

    def visible_to(self, user):
        """All of them for those who decide, and their own for everybody else."""
        if user.has_perm("projects.approve_workingcopy"):
            return self
        return self.filter(Q(author=user) | Q(project__owner=user) | Q(person__user=user))


class WorkingCopy(models.Model):
    """A published entry, or a person's page, as it is to become.

    It is a document, not rows: no list, search or count can find what is in none of their tables.
    """

    class State(models.TextChoices):
        WRITING = "writing", "being written"
        IN_REVIEW = "in-review", "in review"
        APPROVED = "approved", "approved"
        DECLINED = "declined", "declined"

    OPEN = (State.WRITING, State.IN_REVIEW)

    project = models.ForeignKey(
        "projects.Project", models.CASCADE, null=True, blank=True, related_name="working_copies"
    )
    person = models.ForeignKey(
        "people.Person", models.CASCADE, null=True, blank=True, related_name="working_copies"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="working_copies",
    )
    state = models.CharField(max_length=20, choices=State, default=State.WRITING)
    reason = LineField(max_length=300, blank=True, help_text="Why, for whoever approves it.")
    answer = LineField(max_length=300, blank=True, help_text="What was said when it was decided.")
    # The published state that the copy was made of, and the copy: see people.documents.
    base = models.JSONField(editable=False)
    content = models.JSONField(editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField("last changed", auto_now=True)

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        verbose_name_plural = "working copies"
        permissions = [("approve_workingcopy", "Can approve and decline working copies")]
        constraints = [
            exactly_one(
                TARGETS,
                constraint="projects_workingcopy_of_one",
                message="A working copy is that of an entry or of a person.",
            ),
            *(
                models.UniqueConstraint(
                    fields=[name],
                    condition=Q(state__in=["writing", "in-review"]),
                    name=f"projects_workingcopy_one_{name}",
                    violation_error_message="There is a working copy already.",
                )
                for name in TARGETS
            ),
        ]

    def __str__(self):
        return f"working copy of {self.thing}"

    @property
    def thing(self):
        return self.project or self.person

    @property
    def is_open(self):
        return self.state in self.OPEN

    def merged(self):
        """Return the copy with what was published since, and where both changed the same.

        Of these, the document has what the copy says.
        """
        base, content = (Document.from_records(found) for found in (self.base, self.content))
        return merge_documents(base, content, document_of(self.thing))
