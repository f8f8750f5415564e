"""Where the catalogue states an address: in fields of addresses, and in links within texts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from html.parser import HTMLParser
from operator import or_
from typing import Any, NamedTuple

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.urls import reverse

from people.fields import MarkdownField, WebAddressField
from people.models import Handle
from people.validators import LinkKind, link_kind
from projects.models import Project

from .. import catalogue
from ..markdown import render
from .guard import RefusedError, Target

# What a row may be about, in its own words.
OWNERS = ("subject", "project", "person", "contribution")
# With more hosts than these, the database looks through everything anyway.
HOSTS_MAX = 50


class Use(NamedTuple):
    """A field that states an address, as an editor finds it."""

    subject: str
    field: str
    form_url: str

    def __str__(self) -> str:
        return f"{self.subject}, {self.field}"


def addresses() -> set[str]:
    """Return every address that the catalogue states, as it is asked for."""
    return {address for _, _, address in _stated()}


def uses(wanted: Collection[str]) -> dict[str, list[Use]]:
    """Return where each of some addresses is stated."""
    found: defaultdict[str, list[Use]] = defaultdict(list)
    if wanted:
        known = set(wanted)
        for row, field, address in _stated(_hosts(known)):
            if address in known:
                found[address].append(_use(row, field))
    return found


def _stated(hosts: Collection[str] = ()) -> Iterator[tuple[Any, Any, str]]:
    """Yield each row and field with each of its addresses; only with these hosts, if any."""
    for model, fields in _fields().items():
        rows = model._default_manager.order_by("pk").fetch_mode(models.FETCH_PEERS)
        if hosts and model is not Handle:
            named = (Q(**{f"{field.name}__icontains": host}) for field in fields for host in hosts)
            rows = rows.filter(reduce(or_, named))
        for row in rows:
            if _is_withdrawn(row):
                continue
            for field in fields:
                yield from ((row, field, address) for address in set(_addresses(row, field)))


def _fields() -> dict[Any, list[Any]]:
    """Return the fields that may state an address, by model."""
    fields: defaultdict[Any, list[Any]] = defaultdict(list)
    for model in catalogue.MODELS:
        for field in model._meta.concrete_fields:
            if isinstance(field, WebAddressField | MarkdownField):
                fields[model].append(field)
    # The address of a profile is made from its name.
    fields[Handle].append(Handle._meta.get_field("name"))
    return fields


def _addresses(row: Any, field: Any) -> Iterator[str]:
    """Yield the addresses in a field, as they are asked for."""
    value = getattr(row, field.attname)
    for url in _links(value) if isinstance(field, MarkdownField) else [_url(row, value)]:
        if link_kind(url) is LinkKind.WEB:
            try:
                yield str(Target.read(url))
            except RefusedError:
                # No visitor's browser would get there either; the field's own rule says so.
                continue


def _url(row: Any, value: str) -> str:
    return row.url if isinstance(row, Handle) else value


def _links(text: str) -> list[str]:
    """Return where the links in a text lead. The renderer alone knows what is a link."""
    # Most texts have none, and rendering takes a while.
    if "//" not in text:
        return []
    reader = LinkReader()
    reader.feed(render(text))
    return reader.urls


class LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (url := dict(attrs).get("href")):
            self.urls.append(url)


def _hosts(urls: Iterable[str]) -> set[str]:
    """Return the hosts of addresses as they may be written; nothing if they are too many."""
    hosts = {Target.read(url).host for url in urls}
    if len(hosts) > HOSTS_MAX:
        return set()
    return hosts | {host.encode().decode("idna") for host in hosts}


def _owner(row: Any) -> Any:
    """Return the thing that a row is about in the end; itself, if it has a page."""
    for name in OWNERS:
        if (owner := getattr(row, name, None)) is not None:
            return _owner(owner)
    return row


def _is_withdrawn(row: Any) -> bool:
    """Tell whether visitors read nothing of a row any more; a draft they may read one day."""
    owner = _owner(row)
    return isinstance(owner, Project) and owner.state == Project.State.WITHDRAWN


def _use(row: Any, field: Any) -> Use:
    owner, name = _owner(row), f"{field.verbose_name}"
    if owner is not row:
        name = f"{row._meta.verbose_name} “{row}”: {name}"
    return Use(f"{owner}", name, _form_url(row, field))


def _form_url(row: Any, field: Any) -> str:
    """Return where a field is edited: on its row's form or, without one, among those of another."""
    form, anchor = row, f"id_{field.name}"
    if not admin.site.is_registered(type(row)):
        parent = next(field for field in row._meta.concrete_fields if field.many_to_one)
        form = getattr(row, parent.name)
        anchor = f"{parent.remote_field.get_accessor_name()}-group"
    page = f"admin:{form._meta.app_label}_{form._meta.model_name}_change"
    return f"{reverse(page, args=[form.pk])}#{anchor}"
