"""Gives somebody a second factor, or takes it away."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from django_otp import user_has_device

from showcase.access import second_factor
from showcase.management.database import in_one_sentence, refuse_old_tables

User = get_user_model()


class Command(BaseCommand):
    help = (
        "Gives somebody a second factor: prints, this once, an address for the app on their "
        "telephone and recovery codes. Without a name it tells who has one."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", help="The name of an account.")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--replace", action="store_true", help="Give a new one for the old.")
        what.add_argument("--revoke", action="store_true", help="Only take the old one away.")

    def handle(self, *, name, replace, revoke, **options):
        with in_one_sentence():
            refuse_old_tables("default")
            if name is None:
                self._list()
                return
            user = User.objects.filter(username=name).first()
            if user is None:
                raise CommandError(f"There is no account {name!r}.")
            if revoke:
                self._revoke(user)
            elif user_has_device(user) and not replace:
                raise CommandError(
                    f"{name} has a second factor already; write --replace to give another one, "
                    "with which the old one ends."
                )
            else:
                self._enrol(user)

    def _list(self):
        for user in User.objects.filter(is_staff=True, is_active=True).order_by("username"):
            self.stdout.write(f"{user}: {'yes' if user_has_device(user) else 'no'}")

    def _revoke(self, user):
        done = "Taken away" if second_factor.revoke(user) else "There was none"
        self.stdout.write(f"{done}: the second factor of {user}.")

    def _enrol(self, user):
        address, codes = second_factor.enrol(user)
        self.stdout.write(
            f"For the app of {user}, as an address or as the QR code that you make of it:\n\n"
            f"  {address}\n\nFor a piece of paper, each good for once, should the app be lost:\n"
        )
        self.stdout.write("".join(f"\n  {code}" for code in codes))
        self.stdout.write("\nThis is shown this once. Give it to nobody else.")
        if not settings.SECOND_FACTOR:
            self.stdout.write("It will be asked for when SECOND_FACTOR is on.")
