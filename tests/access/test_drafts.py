"""Nobody without the right learns that there is a draft: it is as if nothing were there."""

from itertools import product

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

import pytest

from tests.catalogue import make_catalogue
from tests.pages.patterns import public_names
from tests.pages.test_hidden_entries import MARK, make_hidden

pytestmark = pytest.mark.django_db


def own_addresses():
    """Return each kind of address that a draft, or what only drafts have, would have."""
    named = [reverse(name, args=[MARK]) for name, parts in public_names() if parts == ["slug"]]
    return [*named, f"/projects/?tag={MARK}", f"/suggest/?q={MARK}", f"/compare/?project={MARK}"]


def whole(answer):
    return answer.status_code, dict(answer.headers), answer.content, str(answer.cookies)


def test_user_without_rights_is_answered_as_if_a_draft_were_not_there():
    """What visitors are answered is compared in tests/pages/test_hidden_entries.py."""
    catalogue = make_catalogue()
    people = {"visitor": Client(), "user": Client(), "colleague": Client()}
    for name in ("user", "colleague"):
        people[name].force_login(User.objects.create_user(name, is_staff=name == "colleague"))
    asked = [
        *product(["user", "colleague"], ["GET"], own_addresses()),
        *product(["visitor"], ["HEAD", "POST", "OPTIONS"], own_addresses()),
    ]
    before = {each: whole(people[each[0]].generic(*each[1:])) for each in asked}
    make_hidden(catalogue)
    for each in asked:
        assert whole(people[each[0]].generic(*each[1:])) == before[each], each
