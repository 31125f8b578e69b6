"""`lienthong read FILE`: the targets, tasks, counts, observations and rankings that a document states."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lienthong.data.reading import Fact, read_document
from lienthong.kit.numbers import format_number

NOTHING = "Không tìm thấy chỉ tiêu, nhiệm vụ hay số liệu nào trong văn bản này."
KINDS = {
    "target": "chỉ tiêu", "task": "nhiệm vụ", "task_count": "số nhiệm vụ", "observation": "số liệu",
    "ranking": "xếp hạng",
}  # fmt: skip
COMPARATORS = {
    "exactly": "", "at_least": "ít nhất ", "above": "trên ", "at_most": "không quá ", "below": "dưới ",
    "nearly": "gần ", "about": "khoảng ", "between": "từ ",
}  # fmt: skip
CHANGES = {"up": "tăng ", "down": "giảm ", "times": "gấp "}


class Command(BaseCommand):
    help = "Reads an official document (.docx, .pdf with text, .txt) and prints the facts it proposes."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a .docx, .pdf or .txt document")
        parser.add_argument("--json", action="store_true", help="one JSON object a fact, one a line")
        parser.add_argument(
            "--date",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="of the document, where it does not say",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        facts = read_document(options["file"], dated=options["date"])
        if options["json"]:
            for fact in facts:
                self.stdout.write(json.dumps(fact.as_json(), ensure_ascii=False))
        elif facts:
            for fact in facts:
                self._print(fact)
        if not facts:
            self.stderr.write(NOTHING)

    def _print(self, fact: Fact) -> None:
        whole = f" (thuộc số {fact.part_of})" if fact.part_of else ""
        what = fact.lead if fact.kind == "task" else figure_words(fact)
        day = f"{fact.date:%d/%m/%Y}" if fact.date else "không rõ ngày"
        self.stdout.write(
            f"{fact.number:>4}. {KINDS[fact.kind]:<12} {what}{whole}; {fact.tier}; {day}; {fact.certainty}"
        )
        self.stdout.write(f"      {fact.subject}\n      “{fact.text}”")


def figure_words(fact: Fact) -> str:
    """The figure as an official writes it: "ít nhất 95%", "từ 80 đến 90%", "43/76 dịch vụ"."""
    if fact.value is None:
        return ""
    words = (CHANGES[fact.change] if fact.change else "") + COMPARATORS[fact.comparator or "exactly"]
    words += _number(fact.value)
    words += f" đến {_number(fact.to)}" if fact.to is not None else ""
    words += f"/{_number(fact.of)}" if fact.of is not None else ""
    return words + ("%" if fact.unit == "%" else f" {fact.unit}")


def _number(value: Any) -> str:
    return format_number(value, max(0, -value.normalize().as_tuple().exponent))
