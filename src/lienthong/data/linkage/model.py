"""The model: how many bits each comparison weighs, and where a verdict turns. Data, kept in model.json."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lienthong.kit.errors import Refused, said

LEVELS: Final = {
    "full_name": (-1, 0, 1, 2, 3, 4, 5, 6),
    "birth_date": (-1, 0, 1, 3, 4, 5, 6, 7),
    "personal_number": (-1, 0, 1, 2, 3),
    "old_number": (-1, 0, 1),
    "sex": (-1, 0, 1),
    "commune_code": (-1, 0, 1),
    "mother_name": (-1, 0, 1, 2),
}
"""Levels of agreement of each field, as levels.py and births.py define them; -1: not said by one side."""

THRESHOLDS: Final = ("accept", "margin", "possible")


class ModelUnusable(Refused):
    sentence = said("Tệp mô hình {path} không dùng được: {why}.")


@dataclass(frozen=True)
class Model:
    """Weights in bits (log2 of how much likelier a level is for one person than for two).

    accept: bits, after log2 of the register's size is taken off, from which a pair found without its
    number is accepted; margin: bits by which it must lead the next person; possible: bits from which
    a person is asked.
    """

    bits: dict[str, dict[int, float]]
    accept: float
    margin: float
    possible: float

    @classmethod
    def read(cls, path: Path) -> "Model":
        """Raises ModelUnusable."""
        try:
            text = path.read_text("utf-8")
        except OSError as error:
            raise ModelUnusable(path=path, why=error.strerror or "không đọc được") from None
        except UnicodeDecodeError:
            raise ModelUnusable(path=path, why="không phải văn bản UTF-8") from None
        return cls.of(text, path)

    @classmethod
    def of(cls, text: str, path: Path | str) -> "Model":
        try:
            given = json.loads(text)
            bits = {
                field: {level: float(given["bits"][field][str(level)]) for level in levels}
                for field, levels in LEVELS.items()
            }
            accept, margin, possible = (float(given["thresholds"][name]) for name in THRESHOLDS)
        except json.JSONDecodeError as error:
            raise ModelUnusable(path=path, why=f"không phải JSON, dòng {error.lineno}") from None
        except KeyError as error:
            raise ModelUnusable(path=path, why=f"thiếu mục {error.args[0]}") from None
        except (TypeError, ValueError):
            raise ModelUnusable(path=path, why="có trọng số không phải là số") from None
        return cls(bits, accept, margin, possible)

    def text(self) -> str:
        """As `read` reads it: settings compare by it."""
        bits = {
            field: {str(level): weight for level, weight in row.items()} for field, row in self.bits.items()
        }
        thresholds = {"accept": self.accept, "margin": self.margin, "possible": self.possible}
        return json.dumps({"bits": bits, "thresholds": thresholds}, indent=1, sort_keys=True)


def default_model() -> Model:
    return Model.read(Path(__file__).with_name("model.json"))
