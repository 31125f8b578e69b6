"""Bad input at the command line: one sentence, exit status 1, and no file, half or whole."""

from pathlib import Path

import pytest

from indicators.test_compute_command import run
from lienthong.site.config import ROOT

FORMULAS = (ROOT / "src/lienthong/indicators/data/qd766.yaml").read_text(encoding="utf-8")
DOSSIERS = "agency,received_at,due_at,ended_at\nH26,2026-11-02,2026-11-09,2026-11-05\n"


def refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What is said; nothing may be left beside what was given."""
    given = tmp_path / "d.csv"
    given.write_text(DOSSIERS)
    out = tmp_path / "out"
    out.mkdir()
    status = run("--dossiers", given, "--as-of", "2026-11-30", "--out", out / "figures.csv", *arguments)
    assert status == 1
    assert list(out.iterdir()) == []
    said = capsys.readouterr().err.strip()
    assert len(said.splitlines()) == 1, said
    return said


def test_a_formula_that_divides_by_a_missing_counter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "f.yaml"
    file.write_text(FORMULAS.replace("denominator: received", "denominator: recieved"), encoding="utf-8")
    assert file.read_text(encoding="utf-8") != FORMULAS
    assert "công thức chia cho “recieved”, nhưng không có bộ đếm đó" in refused(
        tmp_path, capsys, "--formulas", file
    )


def test_a_share_without_denominator(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "f.yaml"
    file.write_text(FORMULAS.replace("denominator: received", "reading: ''", 1), encoding="utf-8")
    assert "chưa nêu mẫu số" in refused(tmp_path, capsys, "--formulas", file)


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        ("code,parent\na,b\nb,c\nc,a\n", "Cây đơn vị đi vòng: a → b → c → a."),
        ("code,parent\nH26,H26\n", "Cây đơn vị đi vòng: H26 → H26."),
        ("code,parent\nH26,a\nH26,b\n", "Đơn vị H26 có hai đơn vị cấp trên: a và b."),
        ("mã;cha\nH26;a\n", "Không đọc được tệp"),
    ],
)
def test_units_that_go_round(
    tree: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "t.csv"
    file.write_text(tree, encoding="utf-8")
    assert said in refused(tmp_path, capsys, "--tree", file)
