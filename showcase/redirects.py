"""Addresses that moved: what a new slug leaves behind, and where an old path leads."""

from django.conf import settings
from django.db.models.signals import pre_save
from django.utils.translation import override

from people.fields import PageSlugField

from .models import Redirect

PATH_MAX_LENGTH = Redirect._meta.get_field("old_path").max_length


def new_address(path: str) -> str | None:
    """Return the present address of a former one, or of a page below it; None if unknown."""
    if "\0" in path:
        return None  # PostgreSQL cannot even be asked for it.
    # "/a/b/c" lies below "/a/b/" and "/a/"; the longest one that moved decides.
    slashes = [end for end, sign in enumerate(path[:PATH_MAX_LENGTH], start=1) if sign == "/"]
    parents = [path[:end] for end in slashes[1:]]
    moved = Redirect.objects.filter(old_path__in=[path, *parents])
    redirect = max(moved, key=lambda row: len(row.old_path), default=None)
    if redirect is None:
        return None
    return redirect.new_path + path.removeprefix(redirect.old_path)


def keep_former_address(sender, instance, raw, using, **kwargs):
    """Leave a redirect when a page gets a new slug.

    A signal, because the admin, commands and code all rename, and only `save()` sees them all.
    """
    if raw or not instance.pk or not _has_page(sender):
        return
    former = sender._base_manager.using(using).filter(pk=instance.pk).first()
    if former is None or former.slug == instance.slug:
        return
    # Kept once for all languages.
    with override(settings.LANGUAGE_CODE):
        move(former.get_absolute_url(), instance.get_absolute_url(), using=using)


def connect() -> None:
    pre_save.connect(keep_former_address, dispatch_uid="former-addresses")


def move(old_path, new_path, *, using="default"):
    """Record that a page moved, so that no redirect leads to a redirect or round in a circle."""
    redirects = Redirect.objects.using(using)
    redirects.filter(old_path=new_path).delete()
    redirects.filter(new_path=old_path).update(new_path=new_path)
    redirects.update_or_create(old_path=old_path, defaults={"new_path": new_path})


def _has_page(model):
    has_slug = any(isinstance(field, PageSlugField) for field in model._meta.fields)
    return has_slug and hasattr(model, "get_absolute_url")
