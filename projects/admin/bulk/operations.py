"""What can be done to many entries at once: each is a form with its values, and what it does."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from people.documents.document import Document
from people.models import Person

from ...models import Credit, Product, Project, Relation, Tag, TaggedProject
from ...models.relation import ORIGINS, Verb
from ...permissions import PUBLISH
from .entry import Entry
from .naming import NamedField, NamesField

State = Project.State
BY_NAME = "The name, or the end of the page's address."
BY_NAMES = "Names, or the ends of their pages' addresses, with commas between: “storage, rust”."


def own_field(name: str, **options: Any) -> Any:
    """Return a form field that holds to the rules of a field of entries."""
    field: Any = Project._meta.get_field(name)
    return field.formfield(validators=field.default_validators, **options)


class Operation(forms.Form):
    """An operation with its values, once they are valid."""

    name: ClassVar[str]
    title: ClassVar[str]
    permission = "projects.change_project"

    def __init__(self, sent: Any = None):
        super().__init__(sent, prefix=self.name)

    def change(self, entry: Entry) -> None:
        """Do it to one entry. Raises ValidationError where that makes no sense."""
        raise NotImplementedError

    def sentence(self) -> str:
        """Say what is done, for the history."""
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        """Return the values as the form sends them."""
        return {self.add_prefix(name): self[name].value() for name in self.fields}

    def made_of(self, document: Document) -> Document:
        """Return what becomes of the document of an entry. Raises ValidationError."""
        entry = Entry(document)
        self.change(entry)
        return entry.document()


class Retag(Operation):
    name = "tags"
    title = "Add and remove tags"

    add = NamesField(Tag.objects, label="Add", required=False, help_text=BY_NAMES)
    remove = NamesField(Tag.objects, label="Remove", required=False, help_text=BY_NAMES)

    def clean(self):
        super().clean()
        added, removed = (self.cleaned_data.get(name, []) for name in ("add", "remove"))
        if not (added or removed or self.errors):
            raise ValidationError("Name at least one tag to add or to remove.")
        if both := [tag.name for tag in added if tag in removed]:
            raise ValidationError(f"{_listed(both)} cannot be both added and removed.")

    def change(self, entry):
        for tag in self.cleaned_data["add"]:
            if not entry.find(TaggedProject, tag=tag.pk):
                entry.add(TaggedProject, content_object=entry.key.number, tag=tag.pk)
        for tag in self.cleaned_data["remove"]:
            entry.remove(*entry.find(TaggedProject, tag=tag.pk))

    def sentence(self):
        done = (("added", self.cleaned_data["add"]), ("removed", self.cleaned_data["remove"]))
        parts = (f"{verb} {_listed(tag.name for tag in tags)}" for verb, tags in done if tags)
        return f"Tags: {'; '.join(parts)}."


class SetProduct(Operation):
    name = "product"
    title = "Set the product it came from"

    verb = forms.ChoiceField(
        label="It was",
        choices=[(verb.value, verb.label) for verb in ORIGINS],
        initial=Verb.MADE_FOR,
    )
    product = forms.ModelChoiceField(Product.objects, to_field_name="slug")
    is_only = forms.BooleanField(
        label="Take out other products that it came from",
        required=False,
        help_text="With what was told about how it came from them.",
    )

    def change(self, entry):
        verb, product = self.cleaned_data["verb"], self.cleaned_data["product"]
        origins = [
            key
            for key in entry.find(Relation, subject_project=entry.key.number)
            if entry.rows[key]["verb"] in ORIGINS and entry.rows[key]["object_product"]
        ]
        here = [key for key in origins if entry.rows[key]["object_product"] == product.pk]
        if self.cleaned_data["is_only"]:
            entry.remove(*(key for key in origins if key not in here))
        if not here:
            ends = {"subject_project": entry.key.number, "object_product": product.pk}
            entry.add(Relation, verb=verb, **ends)
        elif all(entry.rows[key]["verb"] != verb for key in here):
            # The same origin in another word: what was told about it stays.
            entry.rows[here[0]]["verb"] = verb

    def sentence(self):
        return f"Product: {Verb(self.cleaned_data['verb']).label} {self.cleaned_data['product']}."


class SetStatus(Operation):
    name = "status"
    title = "Set the status"

    status = own_field("status")
    status_as_of = own_field("status_as_of", widget=forms.DateInput(attrs={"type": "date"}))
    status_note = own_field("status_note")

    def change(self, entry):
        entry.fields.update({name: _plain(value) for name, value in self.cleaned_data.items()})

    def sentence(self):
        status = Project.Status(self.cleaned_data["status"]).label
        return f"Status: {status} as of {self.cleaned_data['status_as_of']}."


class Submit(Operation):
    name = "submit"
    title = "Submit for review"

    def change(self, entry):
        if entry.fields["state"] not in {State.DRAFT, State.IN_REVIEW}:
            raise ValidationError(f"Only a draft is submitted; this is {_state(entry)}.")
        entry.fields["state"] = State.IN_REVIEW.value

    def sentence(self):
        return "Submitted for review."


class Publish(Operation):
    name = "publish"
    title = "Publish"
    permission = PUBLISH

    moment = forms.DateTimeField(
        label="From",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=f"Visitors see it from this moment on ({timezone.get_default_timezone()}). "
        "Empty: now.",
    )

    def clean_moment(self):
        # “Now” is when the preview was made, so that it shows what will be.
        return self.cleaned_data["moment"] or timezone.now().replace(microsecond=0)

    def values(self):
        return {self.add_prefix("moment"): self.cleaned_data["moment"].isoformat()}

    def change(self, entry):
        since = parse_datetime(entry.fields["published_at"] or "")
        is_public = since is not None and since <= timezone.now()
        if entry.fields["state"] == State.PUBLISHED and is_public:
            raise ValidationError("This is public already. To take it away, withdraw it.")
        moment = _plain(self.cleaned_data["moment"])
        entry.fields.update(state=State.PUBLISHED.value, published_at=moment)

    def sentence(self):
        return f"Published as of {self.cleaned_data['moment']:%Y-%m-%d %H:%M}."


class Withdraw(Operation):
    name = "withdraw"
    title = "Withdraw"
    permission = PUBLISH

    withdrawal_note = own_field("withdrawal_note", required=True)

    def change(self, entry):
        if entry.fields["state"] not in {State.PUBLISHED, State.WITHDRAWN}:
            raise ValidationError(f"Only a published entry is withdrawn; this is {_state(entry)}.")
        note = self.cleaned_data["withdrawal_note"]
        entry.fields.update(state=State.WITHDRAWN.value, withdrawal_note=note)

    def sentence(self):
        return f"Withdrawn: {self.cleaned_data['withdrawal_note']}"


class Reassign(Operation):
    name = "reassign"
    title = "Credit one person instead of another"

    before = NamedField(Person.objects, label="Instead of", help_text=BY_NAME)
    after = NamedField(Person.objects, label="Credit", help_text=BY_NAME)

    def clean(self):
        super().clean()
        if not self.errors and self.cleaned_data["before"] == self.cleaned_data["after"]:
            raise ValidationError("These are the same person: name two.")

    def change(self, entry):
        for key in entry.find(Credit, person=self.cleaned_data["before"].pk):
            entry.rows[key]["person"] = self.cleaned_data["after"].pk

    def sentence(self):
        return f"Credits: {self.cleaned_data['after']} instead of {self.cleaned_data['before']}."


OPERATIONS: dict[str, type[Operation]] = {
    operation.name: operation
    for operation in (Retag, SetProduct, SetStatus, Submit, Publish, Withdraw, Reassign)
}


def _plain(value):
    """Return a value as documents have it."""
    return value if isinstance(value, str) else DjangoJSONEncoder().default(value)


def _state(entry):
    return State(entry.fields["state"]).label


def _listed(names):
    return ", ".join(f"“{name}”" for name in names)
