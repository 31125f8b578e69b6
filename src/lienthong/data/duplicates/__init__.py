"""Duplicates: pairs of records of one register that may be one person. It proposes; people decide.

    search(people, out, *, settings=Settings()) -> Found      people, out: Parquet
    pages(out) -> Iterator[list[Pair]]                         the heaviest first
    Pair(one, other, weight, evidence), Evidence(field, level, bits, bearers); Evidence.sentence, .agrees
    Found.people, .pairs, .twins (recognised and left out), .cut (below the most that is kept), .too_wide (blocks)

`people` has personal_number, old_numbers (separated by a space), full_name, search_key, sort_key (of kit.names),
birth_date, birth_precision, sex, commune, mother_name, father_name; all text but birth_date, "" where not known.
"""

from lienthong.data.duplicates.searching import Found, Settings, search
from lienthong.data.duplicates.words import Evidence, Pair, pages

__all__ = ["Evidence", "Found", "Pair", "Settings", "pages", "search"]
