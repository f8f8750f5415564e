"""What editors make of searches without result: another name of an entry, or nothing."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse

from people.autocomplete import OneBox
from people.documents.revisions import keep_found
from people.documents.together import wait_for_turn
from people.editing import CheckedForm, EditorAdmin
from projects.models import Project

from ..models import MissedSearch

ALIASES = Project._meta.get_field("aliases")
# The box looks up what may succeed an entry: any other, which here is any at all.
ANY_ENTRY = Project._meta.get_field("successor")
MAKE_ALIAS = "Make this an alias of"


class AliasForm(CheckedForm):
    """Asks of which entry the words shall be another name."""

    project = forms.ModelChoiceField(
        Project.objects.all(),
        label=MAKE_ALIAS,
        widget=OneBox(ANY_ENTRY, admin.site, attrs={"title": MAKE_ALIAS}),
        help_text="From then on these words find the entry, and leave this list.",
    )

    def clean(self):
        """Refuse an entry that cannot take the words as one more name."""
        if project := self.cleaned_data.get("project"):
            try:
                ALIASES.clean(with_alias(project, self.instance.words), project)
            except ValidationError as error:
                self.add_error("project", error)
        return super().clean()


def with_alias(project, words):
    """Return an entry's aliases, the words among them."""
    aliases = project.aliases.splitlines()
    names = [name.casefold() for name in (project.name, *aliases)]
    return "\n".join(aliases if words.casefold() in names else [*aliases, words])


@admin.register(MissedSearch)
class MissedSearchAdmin(EditorAdmin):
    """Searches without result, each one step from being an alias."""

    form = AliasForm
    readonly_fields = ["words", "count", "last_on"]
    list_display = ["words", "count", "last_on", "make_alias"]
    list_display_links = ["words", "make_alias"]
    search_fields = ["words"]
    actions = ["delete_selected"]

    def get_fields(self, request, obj=None):
        may_change = self.has_change_permission(request, obj)
        return [*self.readonly_fields, *(["project"] if may_change else [])]

    def has_add_permission(self, request):
        """Searches come from visitors."""
        return False

    def has_change_permission(self, request, obj=None):
        """What becomes of a search is a change of an entry."""
        may_change_entries = request.user.has_perm("projects.change_project")
        return may_change_entries and super().has_change_permission(request, obj)

    @admin.display(description="alias")
    def make_alias(self, search):
        return f"{MAKE_ALIAS} …"

    @admin.action(description="Forget the selected searches", permissions=["delete"])
    def delete_selected(self, request, queryset):
        """Ask nothing, unlike Django's: nothing is lost that somebody wrote."""
        number, _ = queryset.delete()
        self.message_user(request, f"{number} search{'es' * (number != 1)} forgotten.")

    def render_change_form(self, request, context, *args, **kwargs):
        # The search is gone when it is saved.
        context["show_save_and_continue"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        project = form.cleaned_data["project"]
        entries = self.admin_site.get_model_admin(Project)
        if not entries.has_change_permission(request, project):
            raise PermissionDenied
        wait_for_turn(project)
        project.refresh_from_db()
        keep_found(project)
        project.aliases = with_alias(project, obj.words)
        project.save()
        entries.log_change(request, project, f"Added the alias “{obj.words}”.")
        sentence = f"“{obj.words}” is now an alias of “{project}”."
        self.message_user(request, sentence, messages.SUCCESS)

    def log_change(self, request, obj, message):
        """Leave it to the entry to tell of it: the search goes."""

    def response_change(self, request, obj):
        obj.delete()
        return HttpResponseRedirect(reverse("admin:showcase_missedsearch_changelist"))
