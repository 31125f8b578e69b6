"""`lienthong setup`: an installation that is not a demo, from nothing to its first administrator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from lienthong.identity.public import Role, assign_role, create_officer, holders_of, system
from lienthong.kit.calendar import Calendar
from lienthong.organisations.public import load_organisations
from lienthong.procedures.public import load_procedures
from lienthong.site.demo.migrating import migrate
from lienthong.steering.public import load_targets
from lienthong.territory.public import load_units

OPERATOR = system("setup")


class Command(BaseCommand):
    help = (
        "Migrates, loads units, agencies, procedures and targets, and makes the first administrator, whose "
        "one-time password is printed once. Running it again loads what is new and makes nobody."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sign-in-name", default="quan.tri", help="of the first administrator (%(default)s)"
        )
        parser.add_argument(
            "--name", default="Quản trị hệ thống", help="of the first administrator (%(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        migrate()
        days = Calendar.official()
        self.stdout.write(f"The calendar is official until the end of {days.last:%d/%m/%Y}.")
        for load in (load_units, load_organisations, load_procedures, load_targets):
            load(by=OPERATOR)
        self.stdout.write("Units, agencies, procedures and targets are loaded.")
        self.stdout.write(first_administrator(options["sign_in_name"], options["name"]))


@transaction.atomic
def first_administrator(sign_in_name: str, name: str) -> str:
    """Only while there is none: whoever can run this could otherwise make himself one unseen."""
    held = holders_of(Role.ADMINISTRATOR)
    if held:
        return (
            f"There is an administrator already ({', '.join(a.sign_in_name for a in held)}): nobody was made."
        )
    account, password = create_officer(sign_in_name=sign_in_name, name=name, by=OPERATOR)
    assign_role(
        account=account,
        role=Role.ADMINISTRATOR,
        organisation=None,
        since=timezone.localdate(),
        source="lienthong setup",
        by=OPERATOR,
    )
    return (
        f"\n  Administrator        {account.sign_in_name}\n  One-time password    {password}\n\n"
        "It is shown this once. Sign in at /dang-nhap/can-bo/: a password of one's own and a second step come "
        "first, then accounts are made at /quan-tri/tai-khoan/."
    )
