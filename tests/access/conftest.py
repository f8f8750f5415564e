"""Somebody who signs in, and somebody who tries to."""

import re

import pytest

NAME, PASSWORD = "editor", "quokka-quokka"
LOGIN = "/admin/login/?next=/admin/"
# Where visitors of the tests come from, unless one says otherwise.
NETWORK = "192.0.2.1"
# What no two answers have in common: nonces and tokens.
OF_ONE_ANSWER = re.compile(r'nonce[-=]"?[\w-]+|value="\w{64}"')


@pytest.fixture
def editor(db, django_user_model):
    return django_user_model.objects.create_user(NAME, password=PASSWORD, is_staff=True)


@pytest.fixture
def try_in(client, db):
    """Send the form of the admin."""

    def try_in(name=NAME, password=PASSWORD, network=NETWORK, **more):
        sent = {"username": name, "password": password, **more}
        return client.post(LOGIN, sent, REMOTE_ADDR=network)

    return try_in
