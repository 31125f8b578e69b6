"""Writes of the register: each appends, and the record follows."""

from lienthong.population.actions.acts import (
    change_household,
    change_name,
    declare_missing,
    mark_found,
    register_death,
    register_divorce,
    register_emigration,
    register_marriage,
    register_move,
    register_return,
)
from lienthong.population.actions.attributes import NewAttribute, attach_attribute, attach_attributes
from lienthong.population.actions.births import register_birth
from lienthong.population.actions.corrections import (
    Renumbered,
    apply_correction,
    correct_person,
    may_be_one,
    merge_people,
    renumber_person,
    undo_act,
)
from lienthong.population.actions.entry import add_people
from lienthong.population.actions.loading import Loaded, load_register

__all__ = [
    "Loaded",
    "NewAttribute",
    "Renumbered",
    "add_people",
    "apply_correction",
    "attach_attribute",
    "attach_attributes",
    "change_household",
    "change_name",
    "correct_person",
    "declare_missing",
    "load_register",
    "mark_found",
    "may_be_one",
    "merge_people",
    "register_birth",
    "register_death",
    "register_divorce",
    "register_emigration",
    "register_marriage",
    "register_move",
    "register_return",
    "renumber_person",
    "undo_act",
]
