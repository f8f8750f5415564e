"""The pages of the catalogue, those of people among them: they tell what people made."""

from dataclasses import replace
from operator import attrgetter

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView, TemplateView

from people.lists import ForgivingListView
from people.models import Person

from . import contents
from .articles import article
from .cards import with_cards
from .comparing import Comparing, gathered
from .comparison import Comparison
from .facets import FACETS
from .filters import SORTS, ProjectFilters
from .gone import entry_or_gone
from .listing import CardList, Listing
from .models import ChangelogEntry, Collection, Credit, Product, Project, Release, Tag, Upstream
from .narrowing import Narrowing
from .page_rows import with_rows
from .search import missed
from .search.excerpts import explained
from .search.words import joined
from .similar import similar_to
from .suggestions import suggestions
from .ways_out import WaysOut

# More values than anybody reads; who looks for one of the others types a part of it.
CHOICES_MAX = 300
CONTAINS_MAX = 60
# What a page shows that is no list; the list has the others.
CARDS_MAX = 60


class ProjectListView(ForgivingListView):
    template_name = "projects/project_list.html"
    context_object_name = "projects"

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        # Whoever turns pages or asks for the mere head was told before, or is not told.
        is_told = request.method == "GET" and "page" not in request.GET
        if is_told and self.listing.is_missed:
            missed.send(type(self), words=self.listing.filters.q)
            # The next one who looks for it in vain counts too.
            response["Cache-Control"] = "no-cache"
        return response

    def get_queryset(self):
        self.tray = gathered(self.request.GET)
        self.asked = asked_of_list(self.request, self.tray.comparison)
        # Where nothing is found, the nearest words are what was meant.
        self.listing = Listing(self.asked).corrected()
        # Of what words found, the cards show where; all others are the same on every page.
        return self.listing if self.listing.filters.q else CardList(self.listing)

    def parameters(self):
        return self.listing.filters.parameters()

    def get_context_data(self, **kwargs):
        filters = self.listing.filters
        narrowing = Narrowing(self.listing)
        context = super().get_context_data(
            asked=self.asked,
            filters=filters,
            listing=self.listing,
            narrowing=narrowing,
            ways_out=None if self.listing else WaysOut(narrowing),
            sorts=SORTS,
            tray=self.tray,
            elsewhere=self.listing.elsewhere,
            **kwargs,
        )
        if filters.q:
            projects = context["projects"]
            for project, hit in zip(projects, explained(projects, self.listing.query), strict=True):
                project.hit = hit
        return context


class FacetView(TemplateView):
    """Every value of one facet, for lists that are narrowed already, to be chosen or left out."""

    template_name = "projects/facet.html"

    def get_context_data(self, **kwargs):
        if (facet := FACETS.get(kwargs["facet"])) is None:
            raise Http404("The list of projects cannot be narrowed by this.")
        filters = asked_of_list(self.request, Comparison.from_tray(self.request.GET))
        wanted = " ".join(self.request.GET.get("contains", "").split())[:CONTAINS_MAX]
        narrowing = Narrowing(Listing(filters), reverse("projects:project_list"))
        part = joined(wanted)
        options = narrowing.options(facet, filters)
        fitting = [option for option in options if not part or part in joined(option.label)]
        query = filters.canonical_query_string()
        return super().get_context_data(
            **{**kwargs, "facet": facet},
            filters=filters,
            is_cut=narrowing.is_cut(facet),
            narrowing=narrowing,
            wanted=wanted,
            choices=narrowing.choices(facet, fitting[:CHOICES_MAX]),
            total=len(fitting),
            canonical_url=f"{settings.BASE_URL}{self.request.path}{query}",
        )


def asked_of_list(request, comparison):
    """Return what a visitor asks of the list; what is gathered to compare goes with every link."""
    carried = tuple(comparison.tray_parameters())
    return replace(ProjectFilters.from_query(request.GET), carried=carried)


@require_safe
def suggest(request):
    """Answer with the part of a page that stands below the search box while somebody types."""
    asked = ProjectFilters.from_query({"q": request.GET.getlist("q")})
    context = {"suggestions": suggestions(asked.q)}
    response = render(request, "projects/suggestions.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


class ProjectDetailView(DetailView):
    template_name = "projects/project_detail.html"
    context_object_name = "project"

    def get_object(self, queryset=None):
        return with_rows(entry_or_gone(Project.objects.all(), self.kwargs["slug"]))

    def get_context_data(self, **kwargs):
        milestones, similar = history(self.object), similar_to(self.object)
        self.object.kept = article(self.object, similar)
        return super().get_context_data(
            contents=contents.of_project(self.object, similar, milestones),
            history=milestones,
            similar=similar,
            **kwargs,
        )


@require_safe
def compare(request):
    """Put entries side by side; `add` is what a visitor looks for to put beside them."""
    wanted = ProjectFilters.from_query({"q": request.GET.getlist("add")})
    comparing = Comparing(Comparison.from_query(request.GET), wanted)
    query = comparing.comparison.query_string()
    context = {"comparing": comparing, "canonical_url": f"{settings.BASE_URL}{request.path}{query}"}
    return render(request, "projects/compare.html", context)


class ProductListView(ListView):
    template_name = "projects/product_list.html"
    context_object_name = "products"

    def get_queryset(self):
        return Product.objects.with_project_count().prefetch_related("languages")


class ProductDetailView(DetailView):
    template_name = "projects/product_detail.html"
    context_object_name = "product"

    def get_queryset(self):
        return Product.objects.prefetch_related("languages")

    def get_object(self, queryset=None):
        return with_rows(super().get_object(queryset))

    def get_context_data(self, **kwargs):
        projects = Project.objects.published().from_product(self.object).in_order_of_release()
        milestones = history(self.object)
        return super().get_context_data(
            contents=contents.of_product(self.object, milestones),
            projects=with_cards(projects[:CARDS_MAX]),
            project_count=projects.count(),
            history=milestones,
            tray=gathered(self.request.GET),
            **kwargs,
        )


class UpstreamListView(ListView):
    template_name = "projects/upstream_list.html"
    context_object_name = "upstreams"

    def get_queryset(self):
        return Upstream.objects.contributed_to().with_contributions()


class UpstreamDetailView(DetailView):
    template_name = "projects/upstream_detail.html"
    context_object_name = "upstream"

    def get_queryset(self):
        return Upstream.objects.public().with_contributions()

    def get_object(self, queryset=None):
        return with_rows(super().get_object(queryset))

    def get_context_data(self, **kwargs):
        milestones = history(self.object)
        return super().get_context_data(
            contents=contents.of_upstream(self.object, milestones), history=milestones, **kwargs
        )


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
        projects = Project.objects.published().tagged_with(self.object)
        related = Tag.objects.related_to(self.object)[:12]
        return super().get_context_data(
            projects=with_cards(projects[:CARDS_MAX]),
            related_tags=related,
            tray=gathered(self.request.GET),
            **kwargs,
        )


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

    def get_context_data(self, **kwargs):
        with_cards(item.project for item in self.object.public_items)
        return super().get_context_data(tray=gathered(self.request.GET), **kwargs)


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
        projects = with_cards(dict.fromkeys(row.project for row in credited if row.project))
        contributions = [work for project in projects for work in project.contributions.all()]
        return super().get_context_data(
            contents=contents.of_person(self.object, credited, projects, contributions),
            credits=credited,
            projects=projects,
            contributions=contributions,
            tray=gathered(self.request.GET),
            **kwargs,
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
