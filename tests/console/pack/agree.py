"""Whether the files of a pack say what the pages say: the same figures, read by readers that are not ours."""

from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser

from console.pack.sample import docx_tables, pages_of, plain, sheets_of, slide_charts, slide_tables

Files = Mapping[str, bytes]
"""By ending: pdf, docx, pptx, xlsx."""


class Tables(HTMLParser):
    """The body rows of every table of a page, as texts."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self.cell is not None:
            self.rows[-1].append(plain(" ".join(self.cell)))
            self.cell = None

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)


def rows_of(page: str) -> list[list[str]]:
    """Every row of every table of a page."""
    reader = Tables()
    reader.feed(page)
    return reader.rows


def in_every_table(files: Files) -> Iterator[tuple[str, list[list[str]]]]:
    yield "docx", [line for table in docx_tables(files["docx"]) for line in table]
    yield "pptx", [line for table in slide_tables(files["pptx"]) for line in table]


def has(rows: list[list[str]], first: str, *told: str) -> bool:
    """A row with this name whose other cells hold all these texts."""
    lines = [[cell.lower() for cell in line] for line in rows]
    return any(first.lower() in line[:2] and {text.lower() for text in told} <= set(line) for line in lines)


def targets_agree(page: Sequence[list[str]], files: Files) -> int:
    """The rows of the national page, in all four files; gives how many they are."""
    shown = [line for line in page if len(line) == 9 and " / " in line[3] and line[0] != "Chỉ tiêu"]
    text = " ".join(pages_of(files["pdf"]))
    cells = [
        line
        for name, lines in sheets_of(files["xlsx"]).items()
        if name.startswith("Chỉ tiêu")
        for line in lines
    ]
    for title, _tier, value, counts, _meter, goal, verdict, units, _trend in shown:
        part, whole = counts.split(" / ")
        for kind, rows in in_every_table(files):
            assert has(rows, title, value, part, whole, goal, verdict, units), (kind, title)
        assert f"{value} {part} {whole} {goal}".lower() in text.lower(), title
        assert any(
            line[0] == title and line[1:4] == [number_of(value), whole_number(part), whole_number(whole)]
            for line in cells
        ), title
    return len(shown)


def number_of(share: str) -> float | str:
    """ "59,9%" as a workbook has it; words as they are."""
    return float(share.rstrip("%").replace(",", ".")) if share.endswith("%") else share.lower()


def whole_number(text: str) -> int:
    return int(text.replace(".", ""))


def buckets_agree(counts: Mapping[str, int], files: Files) -> None:
    """The four buckets by name, with their sum."""
    for kind, rows in in_every_table(files):
        for label, number in counts.items():
            assert has(rows, label, f"{number:,}".replace(",", ".")), (kind, label)
    assert {label: [number] for label, number in counts.items()} in [
        {label: values for label, values in chart.items() if label in counts}
        for chart in slide_charts(files["pptx"])
    ]
    told = sheets_of(files["xlsx"])["Bốn nhóm hạn"]
    assert [line[1] for line in told[1:6]] == [*counts.values(), sum(counts.values())]
    text = " ".join(pages_of(files["pdf"])).lower()
    for label, number in counts.items():
        assert f"{label} {number}".lower() in text, label


COUNTED = ("Xong đúng hạn", "Xong quá hạn", "Đang làm, trong hạn", "Chưa xong, quá hạn", "Cộng")


def units_agree(page: Sequence[list[str]], files: Files) -> int:
    """Unit by unit with rank, share and all four buckets; gives how many they are."""
    shown = [line for line in page if len(line) == 9 and line[0] != "Hạng"]
    head, *lines = sheets_of(files["xlsx"])["Nhiệm vụ theo đơn vị"]
    by_name = {row["Đơn vị"]: row for line in lines if (row := dict(zip(head, line, strict=True)))["Đơn vị"]}
    for rank, told, share, counted, *numbers in shown:
        name = next(each for each in sorted(by_name, key=len, reverse=True) if told.startswith(each))
        row = by_name[name]
        counts = [whole_number(each) for each in numbers]
        assert str(row["Hạng"] or "–") == rank, name
        assert row["Đúng hạn"] == number_of(share), name
        assert f"{counts[0]} / {row['Trong số đến hạn']}" == counted, name
        assert [row[title] for title in COUNTED] == counts, name
    return len(shown)
