"""People with accounts, by what they may do."""

from django.contrib.auth.models import Group, User
from django.test import Client


def make_user(name, group=None):
    user = User.objects.create_user(name, password="a long enough one", is_staff=True)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client
