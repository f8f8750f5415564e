"""The pages of people. What they made is reached through `credits`, the catalogue's way up."""

from django.apps import apps
from django.db.models import Prefetch
from django.views.generic import DetailView

from .lists import ForgivingListView
from .models import Person


class PersonListView(ForgivingListView):
    template_name = "people/person_list.html"
    context_object_name = "people"

    def get_queryset(self):
        credited = apps.get_model("projects", "Credit").objects.public().with_subjects()
        return Person.objects.listed().prefetch_related(Prefetch("credits", credited))


class PersonDetailView(DetailView):
    template_name = "people/person_detail.html"
    context_object_name = "person"

    def get_queryset(self):
        return Person.objects.listed().prefetch_related("aliases", "handles", "links")

    def get_context_data(self, **kwargs):
        credited = self.object.credits.public().with_subjects()
        # One person may have several roles in one project.
        projects = list(dict.fromkeys(credit.project for credit in credited if credit.project))
        contributions = [work for project in projects for work in project.contributions.all()]
        return super().get_context_data(
            credits=credited, projects=projects, contributions=contributions, **kwargs
        )
