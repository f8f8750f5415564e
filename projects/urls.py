from django.urls import path, register_converter
from django.urls.converters import IntConverter

from . import feeds, preview, views
from .pictures import views as pictures


class YearConverter(IntConverter):
    """A year in one spelling only, and one that a date can have."""

    regex = "[12][0-9]{3}"


register_converter(YearConverter, "year")

people_urls = [
    path("people/", views.PersonListView.as_view(), name="person_list"),
    path("people/<slug:slug>/", views.PersonDetailView.as_view(), name="person"),
    path("people/<slug:slug>/card.png", pictures.person_card, name="person_card"),
]

app_name = "projects"
urlpatterns = [
    path("preview/<str:token>/", preview.preview, name="preview"),
    path("projects/", views.ProjectListView.as_view(), name="project_list"),
    path("suggest/", views.suggest, name="suggest"),
    path("projects/narrow/<slug:facet>/", views.FacetView.as_view(), name="facet"),
    path("projects.atom", feeds.ProjectFeed(), name="project_feed"),
    path("projects/<slug:slug>/", views.ProjectDetailView.as_view(), name="project"),
    path("projects/<slug:slug>/card.png", pictures.project_card, name="project_card"),
    path("projects/<slug:slug>/feed.atom", feeds.ProjectReleaseFeed(), name="project_releases"),
    path("compare/", views.compare, name="compare"),
    path("products/", views.ProductListView.as_view(), name="product_list"),
    path("products/<slug:slug>/", views.ProductDetailView.as_view(), name="product"),
    path("products/<slug:slug>/card.png", pictures.product_card, name="product_card"),
    path("upstream/", views.UpstreamListView.as_view(), name="upstream_list"),
    path("upstream/<slug:slug>/", views.UpstreamDetailView.as_view(), name="upstream"),
    path("tags/", views.TagListView.as_view(), name="tag_list"),
    path("tags/<slug:slug>/", views.TagDetailView.as_view(), name="tag"),
    path("tags/<slug:slug>/feed.atom", feeds.TagFeed(), name="tag_feed"),
    path("collections/", views.CollectionListView.as_view(), name="collection_list"),
    path("collections/<slug:slug>/", views.CollectionDetailView.as_view(), name="collection"),
    path("releases/", views.ReleaseListView.as_view(), name="release_list"),
    path("releases.atom", feeds.ReleaseFeed(), name="release_feed"),
    path("changelog/", views.ChangelogView.as_view(), name="changelog"),
    path("changelog.atom", feeds.ChangelogFeed(), name="changelog_feed"),
    path("changelog/<year:year>/", views.ChangelogView.as_view(), name="changelog_year"),
]
