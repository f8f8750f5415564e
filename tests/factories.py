"""Rows to test with. A test names what it speaks of; the rest is as dull as possible."""

from datetime import UTC, date, datetime

from people.models import Person
from projects.models import Kind, Language, Product, Project, Tag, Upstream
from projects.models.vocabulary import slug_from_name
from showcase.models import Page

A_DAY = date(2024, 1, 1)
A_MOMENT = datetime(2024, 1, 1, 9, tzinfo=UTC)


def make_project(name="Virter", **fields):
    defaults = {
        "slug": slug_from_name(name),
        "tagline": "Makes virtual machines.",
        "status": Project.Status.ACTIVE,
        "status_as_of": A_DAY,
        "state": Project.State.PUBLISHED,
        "published_at": A_MOMENT,
    }
    return Project.objects.create(name=name, **defaults | fields)


def make_draft(name="Secret", **fields):
    return make_project(name, **{"state": Project.State.DRAFT, "published_at": None} | fields)


def make_person(name="Roland Kammerer", **fields):
    return _make(Person, name, fields)


def make_product(name="LINSTOR", **fields):
    return _make(Product, name, {"tagline": "Manages block storage."} | fields)


def make_upstream(name="libbpf-rs", **fields):
    return _make(Upstream, name, {"tagline": "Calls libbpf from Rust."} | fields)


def make_tag(name="Storage", **fields):
    return _make(Tag, name, fields)


def make_kind(name="library", **fields):
    return _make(Kind, name, {"plural": f"{name}s"} | fields)


def make_language(name="Rust", **fields):
    return _make(Language, name, fields)


def make_page(title="Giving back", **fields):
    defaults = {"slug": slug_from_name(title), "summary": "How to help.", "body": "Tell us."}
    return Page.objects.create(title=title, **defaults | fields)


def _make(model, name, fields):
    return model.objects.create(name=name, **{"slug": slug_from_name(name)} | fields)
