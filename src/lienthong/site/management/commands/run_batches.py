"""`lienthong run_batches`: take up every sector's file that waits, and every rule for many that is not finished."""

from typing import Any

from django.core.management.base import BaseCommand

from lienthong.cleaning.public import Sweep, carry_out_sweep
from lienthong.identity.public import system
from lienthong.registries.public import run_waiting


class Command(BaseCommand):
    help = (
        "Runs the sectors' files that wait, from wherever they stand, and finishes decisions for many cases."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        files = run_waiting(by=system("registries"))
        sweeps = [carry_out_sweep(sweep=one.pk) for one in Sweep.objects.filter(ended_at=None).order_by("pk")]
        self.stdout.write(f"Files run: {files}. Decisions for many finished: {len(sweeps)}.")
