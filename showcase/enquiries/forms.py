"""The form: what may be asked, and what has to be said in it."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid5

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.validators import BIDI_OVERRIDE, LINE_BREAK, UNPRINTABLE
from projects.models import Project

from .models import MESSAGE_MAX_LENGTH, Enquiry
from .sending import began_now, form_begun

# In the visitor's language, unlike what the fields of the model say to editors.
INVISIBLE = _("Some signs in this text cannot be seen. Please type it again.")
validate_visible = [
    RegexValidator(signs, INVISIBLE, "invisible", inverse_match=True)
    for signs in (UNPRINTABLE, BIDI_OVERRIDE)
]
validate_one_line = RegexValidator(
    LINE_BREAK, _("Write this on one line."), "line_break", inverse_match=True
)
TOO_LONG = _("This is too long: %(limit_value)d characters are the most.")


class Problem(NamedTuple):
    """What is wrong, and the place on the page where it can be put right."""

    target: str
    sentence: str


class LineBox(forms.CharField):
    default_validators = [*validate_visible, validate_one_line]
    default_error_messages = {"null_characters_not_allowed": INVISIBLE}

    def __init__(self, **options: Any):
        super().__init__(required=False, error_messages={"max_length": TOO_LONG}, **options)
        self.widget.attrs["class"] = "input"


class MessageBox(forms.CharField):
    default_validators = [*validate_visible]
    default_error_messages = {
        "null_characters_not_allowed": INVISIBLE,
        "required": _("Write what you want to say."),
        "max_length": TOO_LONG,
    }
    widget = forms.Textarea(attrs={"class": "input", "rows": 10})

    def to_python(self, value: Any) -> str:
        # Browsers count a line's end as one character and send two.
        return (super().to_python(value) or "").replace("\r\n", "\n")


class EnquiryForm(forms.Form):
    """An enquiry as it is written; `moment` and `website` keep programs out."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(value, capfirst(label)) for value, label in Enquiry.Kind.choices],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what it is."),
            "invalid_choice": _("Choose what it is."),
        },
    )
    project = LineBox(
        label=_("Entry"),
        max_length=200,
        help_text=_("If it is about one: its name, or the address of its page."),
    )
    message = MessageBox(label=_("Message"), max_length=MESSAGE_MAX_LENGTH)
    name = LineBox(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("Without one, nobody can answer."),
        error_messages={
            "invalid": _("Write an address such as name@example.org, or none."),
            "max_length": TOO_LONG,
            "null_characters_not_allowed": INVISIBLE,
        },
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Without your consent this cannot be kept, nor be sent.")}
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "tabindex": "-1"}),
    )
    moment = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **{"label_suffix": "", **options})
        sentence = gettext(
            "I agree that this is kept for %(days)d days, so that it can be answered."
        )
        self.fields["consent"].label = sentence % {"days": settings.ENQUIRY_DAYS}
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def clean_project(self) -> Any:
        """Find the entry that is meant; one that is not public is as unknown as any other word."""
        words = self.cleaned_data["project"]
        if not words:
            return None
        entries = Project.objects.published()
        slug = words.rstrip("/").rpartition("/")[2]
        found = entries.filter(slug=slug).first() or entries.filter(name__iexact=words).first()
        if found is None:
            raise ValidationError(_("There is no such entry. Look for its name in the list."))
        return found

    def clean_website(self) -> None:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Empty this box: it is there for programs that fill in all."))

    def clean_moment(self) -> Any:
        return form_begun(self.cleaned_data["moment"])

    def clean(self) -> None:
        is_correction = self.cleaned_data.get("kind") == Enquiry.Kind.CORRECTION
        if is_correction and self.cleaned_data.get("project", "") is None:
            self.add_error("project", _("Write which entry is to be corrected."))

    def save(self) -> tuple[Enquiry, bool]:
        """Keep what was written, and tell whether it had not been kept before."""
        values = {
            name: self.cleaned_data[name]
            for name in ("kind", "project", "name", "email", "message")
        }
        return Enquiry.objects.get_or_create(
            submission=self.submission, defaults=values | {"consented_at": timezone.now()}
        )

    @property
    def submission(self) -> Any:
        """What the same words out of the same form have in common."""
        words = [self.cleaned_data[name] for name in ("kind", "name", "email", "message")]
        project = self.cleaned_data["project"]
        return uuid5(self.cleaned_data["moment"], repr((*words, project and project.pk)))

    @property
    def present_moment(self) -> str:
        """Where the form began; one that came too early or too late begins anew."""
        is_good = self.is_bound and "moment" not in self.errors
        return self.data["moment"] if is_good else began_now()

    @property
    def problems(self) -> Iterator[Problem]:
        for box in self:
            first = f"{box.auto_id}_0" if box.use_fieldset else box.auto_id
            target = "send" if box.is_hidden else first
            yield from (Problem(target, str(sentence)) for sentence in box.errors)
