"""The pages of the catalogue, those of people among them: they tell what people made."""

from dataclasses import replace
from operator import attrgetter

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
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
from .models import (
    ChangelogEntry,
    Collection,
    Contribution,
    Credit,
    Product,
    Project,
    Release,
    Upstream,
)
from .narrowing import Narrowing
from .overview import Overview
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
# What a list of things names of each.
LEDGER_MAX, NAMES_MAX = 10, 24
CREDITS_MAX, RELATED_TAGS = 100, 12
# The newest of all, a hundred pages; each project's page has the others of that project.
RELEASES_MAX = 2_400


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
        return with_rows(entry_or_gone(self.kwargs["slug"]))

    def get_context_data(self, **kwargs):
        similar = similar_to(self.object)
        # Nobody looks at what is within a page that is kept.
        milestones = SimpleLazyObject(lambda: history(self.object))
        self.object.kept = article(self.object, similar)
        return super().get_context_data(
            contents=SimpleLazyObject(
                lambda: contents.of_project(self.object, similar, milestones)
            ),
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
        return Overview().counted("product", Product.objects.prefetch_related("languages"))


class ProductDetailView(DetailView):
    template_name = "projects/product_detail.html"
    context_object_name = "product"

    def get_queryset(self):
        return Product.objects.prefetch_related("languages")

    def get_object(self, queryset=None):
        product = with_rows(super().get_object(queryset))
        Overview().counted("product", [product])
        return product

    def get_context_data(self, **kwargs):
        projects = Project.objects.published().from_product(self.object).in_order_of_release()
        milestones = history(self.object)
        return super().get_context_data(
            contents=contents.of_product(self.object, milestones),
            projects=with_cards(projects[:CARDS_MAX]),
            history=milestones,
            tray=gathered(self.request.GET),
            **kwargs,
        )


class UpstreamListView(ForgivingListView):
    template_name = "projects/upstream_list.html"
    context_object_name = "upstreams"

    def get_queryset(self):
        return Overview().upstreams()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(ledger_max=LEDGER_MAX, **kwargs)
        ledger = Contribution.objects.public().with_people()[:LEDGER_MAX]
        prefetch_related_objects(
            context["upstreams"], Prefetch("contributions", ledger, to_attr="ledger")
        )
        return context


class UpstreamDetailView(DetailView):
    template_name = "projects/upstream_detail.html"
    context_object_name = "upstream"

    def get_queryset(self):
        return Upstream.objects.public()

    def get_object(self, queryset=None):
        upstream = with_rows(super().get_object(queryset))
        Overview().counted("upstream", [upstream])
        return upstream

    def get_context_data(self, **kwargs):
        ledger = self.object.contributions.public().with_steps()[:CARDS_MAX]
        milestones = history(self.object)
        return super().get_context_data(
            contents=contents.of_upstream(self.object, ledger, milestones),
            ledger=ledger,
            history=milestones,
            **kwargs,
        )


class TagListView(ListView):
    template_name = "projects/tag_list.html"
    context_object_name = "tags"

    def get_queryset(self):
        return Overview().tags()


class TagDetailView(DetailView):
    template_name = "projects/tag_detail.html"
    context_object_name = "tag"

    def get_object(self, queryset=None):
        self.overview = Overview()
        return self.overview.tag_or_404(self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        by_name = ProjectFilters(included=(("tag", self.object.slug),), sort="name")
        projects = Listing(by_name, self.overview.snapshot)[:CARDS_MAX]
        return super().get_context_data(
            projects=sorted(projects, key=attrgetter("name", "slug")),
            related_tags=self.overview.foremost_tags(RELATED_TAGS, beside=self.object),
            tray=gathered(self.request.GET),
            **kwargs,
        )


class CollectionListView(ForgivingListView):
    template_name = "projects/collection_list.html"
    context_object_name = "collections"

    def get_queryset(self):
        return Collection.objects.public()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        Overview().give_first_projects(context["collections"], NAMES_MAX)
        return context


class CollectionDetailView(ForgivingListView):
    template_name = "projects/collection_detail.html"
    context_object_name = "items"
    paginate_by = CARDS_MAX

    def get_queryset(self):
        self.collection = get_object_or_404(Collection.objects.public(), slug=self.kwargs["slug"])
        return self.collection.items.public()

    def get_context_data(self, **kwargs):
        tray = gathered(self.request.GET)
        context = super().get_context_data(collection=self.collection, tray=tray, **kwargs)
        with_cards(item.project for item in context["items"])
        return context


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
        credited = self.object.credits.public().with_subjects()[:CREDITS_MAX]
        # One person may have several roles in one project.
        projects = list(dict.fromkeys(row.project for row in credited if row.project))
        projects = with_cards(projects[:CARDS_MAX])
        Overview().counted("person", [self.object])
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
        return Release.objects.of_projects()[:RELEASES_MAX]


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
