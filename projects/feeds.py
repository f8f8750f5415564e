"""Atom feeds: the newest entries, the newest releases, what changed in the catalogue."""

from dataclasses import replace
from datetime import UTC, datetime, time
from urllib.parse import quote

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .filters import ProjectFilters
from .gone import entry_or_gone
from .listing import Listing
from .models import ChangelogEntry, Release
from .narrowing import Narrowing
from .overview import Overview

NEWEST = 50
# When a feed without entries was changed last.
BEFORE_ANY = datetime(1970, 1, 1, tzinfo=UTC)


def midnight(date):
    """Return the beginning of a day, for feeds, which know no days."""
    return datetime.combine(date, time.min, tzinfo=UTC)


def absolute(path):
    """Return the full address of a page; the reader may have come by another name of the host."""
    return f"{settings.BASE_URL}{path}"


def title(whose, what):
    return f"{whose}: {what}"


class SteadyAtom(Atom1Feed):
    """Atom that is the same at each fetch, also when it has no entries yet."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else BEFORE_ANY


class AtomFeed(Feed):
    """A feed of this site; each says what its items are."""

    feed_type = SteadyAtom
    author_name = settings.SITE_NAME


class EntryFeed(AtomFeed):
    """Entries of the catalogue, newest first."""

    description_template = "feeds/project.html"

    def item_title(self, project):
        return project.name

    def item_link(self, project):
        return absolute(project.get_absolute_url())

    def item_pubdate(self, project):
        return project.published_at

    def item_updateddate(self, project):
        return project.updated_at

    def item_categories(self, project):
        return [tag.name for tag in project.card.tags]


class ProjectFeed(EntryFeed):
    """The newest entries, narrowed by the same parameters as the list."""

    def get_object(self, request):
        return Listing(ProjectFilters.from_query(request.GET))

    def title(self, listing):
        entries = gettext("chosen entries") if listing.filters else gettext("new entries")
        return title(settings.SITE_NAME, entries)

    def subtitle(self, listing):
        unknown = (value.sentence for value in Narrowing(listing).unknown)
        whole = gettext("Entries of the catalogue, newest first.")
        return " ".join((whole, *listing.ignored, *unknown))

    def link(self, listing):
        return absolute(f"{reverse('projects:project_list')}{listing.filters.query_string()}")

    def feed_url(self, listing):
        return absolute(f"{reverse('projects:project_feed')}{listing.filters.query_string()}")

    def items(self, listing):
        return Listing(replace(listing.filters, sort="newest"), listing.snapshot)[:NEWEST]


class TagFeed(EntryFeed):
    """The newest entries under one tag."""

    def get_object(self, request, slug):
        return Overview().tag_or_404(slug)

    def title(self, tag):
        return title(settings.SITE_NAME, tag)

    def subtitle(self, tag):
        return gettext("Entries tagged “%(tag)s”, newest first.") % {"tag": tag}

    def link(self, tag):
        return absolute(tag.get_absolute_url())

    def feed_url(self, tag):
        return absolute(reverse("projects:tag_feed", kwargs={"slug": tag.slug}))

    def items(self, tag):
        newest = ProjectFilters(included=(("tag", tag.slug),), sort="newest")
        return Listing(newest)[:NEWEST]


class VersionFeed(AtomFeed):
    """Releases, newest first."""

    description_template = "feeds/release.html"

    def item_title(self, release):
        return str(release)

    def item_link(self, release):
        return release.url or absolute(f"{release.project.get_absolute_url()}#history")

    def item_guid(self, release):
        return absolute(f"{release.project.get_absolute_url()}#{quote(release.version)}")

    def item_pubdate(self, release):
        return midnight(release.date)

    item_updateddate = item_pubdate


class ReleaseFeed(VersionFeed):
    """The newest releases of all projects."""

    subtitle = _("Releases of the projects in the catalogue, newest first.")

    def title(self):
        return title(settings.SITE_NAME, gettext("releases"))

    def link(self):
        return absolute(reverse("projects:release_list"))

    def feed_url(self):
        return absolute(reverse("projects:release_feed"))

    def items(self):
        return Release.objects.of_projects()[:NEWEST]


class ProjectReleaseFeed(VersionFeed):
    """The releases of one project."""

    def get_object(self, request, slug):
        return entry_or_gone(slug)

    def title(self, project):
        return title(project, gettext("releases"))

    def subtitle(self, project):
        return gettext("Releases of %(project)s, newest first.") % {"project": project}

    def link(self, project):
        return absolute(project.get_absolute_url())

    def feed_url(self, project):
        return absolute(reverse("projects:project_releases", kwargs={"slug": project.slug}))

    def items(self, project):
        return Release.objects.of_projects().filter(project=project)[:NEWEST]


class ChangelogFeed(AtomFeed):
    """What changed in the catalogue."""

    subtitle = _("What was added, changed, corrected and retired.")
    description_template = "feeds/changelog.html"

    def title(self):
        return title(settings.SITE_NAME, gettext("changes to the catalogue"))

    def link(self):
        return absolute(reverse("projects:changelog"))

    def feed_url(self):
        return absolute(reverse("projects:changelog_feed"))

    def items(self):
        return ChangelogEntry.objects.with_projects()[:NEWEST]

    def item_title(self, entry):
        return f"{capfirst(entry.get_kind_display())}: {entry.title}"

    def item_link(self, entry):
        # No row number: a reader knows an entry by this address, a reloaded catalogue renumbers.
        year = reverse("projects:changelog_year", args=[entry.date.year])
        return absolute(f"{year}#{entry.date}-{quote(entry.title, safe='')}")

    def item_pubdate(self, entry):
        return midnight(entry.date)

    item_updateddate = item_pubdate
