"""The pages of the catalogue, those of people among them: they tell what people made."""

from operator import attrgetter

from django.db.models import Prefetch
from django.http import Http404
from django.views.generic import DetailView, ListView

from people.lists import ForgivingListView
from people.models import Person

from .filters import SORTS, ProjectFilters
from .models import ChangelogEntry, Collection, Credit, Product, Project, Release, Tag, Upstream
from .narrowing import Narrowing


class ProjectListView(ForgivingListView):
    template_name = "projects/project_list.html"
    context_object_name = "projects"

    def get_queryset(self):
        self.filters = ProjectFilters.from_query(self.request.GET)
        matching = Project.objects.published().matching(self.filters)
        return matching.in_order(self.filters.sort).for_cards()

    def parameters(self):
        return self.filters.parameters()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            filters=self.filters, narrowing=Narrowing(self.filters), sorts=SORTS, **kwargs
        )


class ProjectDetailView(DetailView):
    template_name = "projects/project_detail.html"
    context_object_name = "project"

    def get_queryset(self):
        return Project.objects.published().for_page()

    def get_context_data(self, **kwargs):
        return super().get_context_data(history=history(self.object), **kwargs)


class ProductListView(ListView):
    template_name = "projects/product_list.html"
    context_object_name = "products"

    def get_queryset(self):
        return Product.objects.with_project_count().prefetch_related("languages")


class ProductDetailView(DetailView):
    template_name = "projects/product_detail.html"
    context_object_name = "product"

    def get_queryset(self):
        return Product.objects.for_page()

    def get_context_data(self, **kwargs):
        projects = Project.objects.published().from_product(self.object).for_cards()
        return super().get_context_data(projects=projects, history=history(self.object), **kwargs)


class UpstreamListView(ListView):
    template_name = "projects/upstream_list.html"
    context_object_name = "upstreams"

    def get_queryset(self):
        return Upstream.objects.contributed_to().with_contributions()


class UpstreamDetailView(DetailView):
    template_name = "projects/upstream_detail.html"
    context_object_name = "upstream"

    def get_queryset(self):
        return Upstream.objects.public().for_page()

    def get_context_data(self, **kwargs):
        return super().get_context_data(history=history(self.object), **kwargs)


class TagListView(ListView):
    template_name = "projects/tag_list.html"
    context_object_name = "tags"

    def get_queryset(self):
        return Tag.objects.public()


class TagDetailView(DetailView):
    template_name = "projects/tag_detail.html"
    context_object_name = "tag"

    def get_queryset(self):
        return Tag.objects.public()

    def get_context_data(self, **kwargs):
        projects = Project.objects.published().tagged_with(self.object).for_cards()
        related = Tag.objects.related_to(self.object)[:12]
        return super().get_context_data(projects=projects, related_tags=related, **kwargs)


class CollectionListView(ListView):
    template_name = "projects/collection_list.html"
    context_object_name = "collections"

    def get_queryset(self):
        return Collection.objects.public().with_items()


class CollectionDetailView(DetailView):
    template_name = "projects/collection_detail.html"
    context_object_name = "collection"

    def get_queryset(self):
        return Collection.objects.public().with_items()


class PersonListView(ForgivingListView):
    template_name = "people/person_list.html"
    context_object_name = "people"

    def get_queryset(self):
        credited = Credit.objects.public().with_subjects()
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


class ReleaseListView(ForgivingListView):
    template_name = "projects/release_list.html"
    context_object_name = "releases"

    def get_queryset(self):
        return Release.objects.of_projects()


class ChangelogView(ListView):
    """What changed in the catalogue, all of it or one year."""

    template_name = "projects/changelog.html"
    context_object_name = "entries"

    def get_queryset(self):
        entries = ChangelogEntry.objects.with_projects()
        if (year := self.kwargs.get("year")) is None:
            return entries
        if not (of_year := entries.filter(date__year=year)).exists():
            raise Http404(f"Nothing changed in the catalogue in {year}.")
        return of_year

    def get_context_data(self, **kwargs):
        years = ChangelogEntry.objects.dates("date", "year", order="DESC")
        return super().get_context_data(
            years=[date.year for date in years], year=self.kwargs.get("year"), **kwargs
        )


def history(subject):
    """Return the milestones and releases of a subject, oldest first."""
    # Releases come newest first; turned round, those of one day stay in their order too.
    releases = reversed(subject.releases.all())
    return sorted([*subject.milestones.all(), *releases], key=attrgetter("date"))
