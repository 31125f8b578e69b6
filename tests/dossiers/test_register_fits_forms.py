"""What the register answers is among what the forms accept: nobody is kept from filing by a spelling."""

from lienthong.population.public import Relation, Sex, ethnicities
from lienthong.population.queries.facts import GROUPS_OF_RELATIONS
from lienthong.population.words import RELATION_NAMES, SEX_NAMES
from lienthong.procedures.schema.lists import code_lists


def test_every_ethnicity_of_the_register_is_an_option() -> None:
    assert set(ethnicities().values()) == set(code_lists()["ethnicities"].items)


def test_every_sex_that_a_form_asks_for_is_an_option() -> None:
    assert {SEX_NAMES[Sex.MALE], SEX_NAMES[Sex.FEMALE]} == set(code_lists()["sexes"].items)


def test_every_relation_to_the_head_that_is_told_is_an_option() -> None:
    """What the register knows only as "Cha, mẹ" is left for the person to say."""
    told = {RELATION_NAMES[relation] for relation in set(Relation) - GROUPS_OF_RELATIONS}
    assert told <= set(code_lists()["relations_to_head"].items)
