"""Who may see, send and run a sector's data. Stewards only; committees and auditors see scores without people."""

from lienthong.data.sources import schema
from lienthong.identity.public import WHOLE_COUNTRY, Actor, Role, permission
from lienthong.registries.models import Batch, Record, Source, duty_codes, units_of


def keeps(by: Actor, source: Source) -> bool:
    """Whose stewards decide on this source: the keeping agency's, or the country's."""
    keeper = source.keeper.code if source.keeper else WHOLE_COUNTRY
    return by.has(Role.STEWARD, at=(keeper, WHOLE_COUNTRY))


def owns(by: Actor, source: Source) -> bool:
    return by.has(Role.STEWARD, at=source.owner.code)


@permission("registries.open_source", doc="Open a sector's source: a steward of the country", system=True)
def may_open_source(by: Actor, _: object) -> bool:
    return by.has(Role.STEWARD, at=WHOLE_COUNTRY)


@permission("registries.steward", doc="Come into the stewards' hall")
def may_steward(by: Actor, _: object) -> bool:
    return by.has(Role.STEWARD)


@permission(
    "registries.send",
    doc="Send a file of a source: stewards of its owner, of its keeper, of a place it has people in",
    system=True,
)
def may_send(by: Actor, source: Source) -> bool:
    if schema(source.schema).own:
        return False
    return owns(by, source) or keeps(by, source) or bool(units_of(duty_codes(by)))


@permission(
    "registries.measure_register",
    doc="Measure the register of people by its own rules: a steward of the country",
    system=True,
)
def may_measure_register(by: Actor, _: object) -> bool:
    return by.has(Role.STEWARD, at=WHOLE_COUNTRY)


@permission(
    "registries.read_batch",
    doc="Open a received file: stewards of its owner, of its keeper, and of whoever sent it",
    system=True,
    private=True,
)
def may_read_batch(by: Actor, batch: Batch) -> bool:
    sent = batch.sender is not None and by.has(Role.STEWARD, at=batch.sender.code)
    return sent or owns(by, batch.source) or keeps(by, batch.source)


@permission(
    "registries.run",
    doc="Settle the columns of a received file, start, retry or withdraw it",
    system=True,
    private=True,
)
def may_run(by: Actor, batch: Batch) -> bool:
    return may_read_batch(by, batch)


@permission(
    "registries.read_record",
    doc="Open one record of a sector: stewards of its owner, keeper, sender or territory",
    system=True,
    private=True,
)
def may_read_record(by: Actor, record: Record) -> bool:
    return may_read_batch(by, record.batch) or (
        record.unit_id is not None and record.unit_id in units_of(duty_codes(by))
    )


@permission(
    "registries.tie",
    doc="Tie a record to a person, or untie it: stewards of its keeper or territory",
    system=True,
    private=True,
)
def may_tie(by: Actor, record: Record) -> bool:
    return keeps(by, record.source) or (
        record.unit_id is not None and record.unit_id in units_of(duty_codes(by))
    )


@permission(
    "registries.measure",
    doc="See scores of quality and the rules that records break, without persons",
    system=True,
)
def may_measure(by: Actor, _: object) -> bool:
    return by.has(Role.STEWARD, Role.COMMITTEE, Role.AUDITOR, Role.LEADER, Role.ADMINISTRATOR)
