"""The form by which files come in."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from ..exchange.reading import MAX_SIZE


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        files = [super(SeveralFilesField, self).clean(file) for file in data or [None]]
        if sum(file.size for file in files) > MAX_SIZE:
            most = filesizeformat(MAX_SIZE)
            raise ValidationError(f"These files are larger than {most} together; split them.")
        names = [file.name for file in files]
        if len(set(names)) < len(names):
            raise ValidationError("Two of these files have the same name; rename one of them.")
        return files


class UploadForm(forms.Form):
    chosen = SeveralFilesField(
        label="Files", help_text="One or several; together they are imported wholly or not at all."
    )
    as_stated = forms.BooleanField(
        required=False,
        label="New projects have the state that the files state",
        help_text="Otherwise each of them is a draft at first.",
    )

    def __init__(self, *args, may_publish, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["as_stated"]

    def contents(self):
        return [(file.name, file.read()) for file in self.cleaned_data["chosen"]]
