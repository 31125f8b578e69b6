"""All that other rooms may import from registries."""

from lienthong.registries import permissions as permissions
from lienthong.registries.actions.batches import accept_batch, receive_batch, retry_batch, withdraw_batch
from lienthong.registries.actions.measuring import REGISTER, measure_register
from lienthong.registries.actions.records import supersede_record, take_back, tie_record
from lienthong.registries.actions.running import after_run, is_running, run_batch, run_waiting
from lienthong.registries.actions.sources import open_source
from lienthong.registries.models import (
    Batch,
    Change,
    Record,
    RuleCount,
    Run,
    Source,
    duty_codes,
    of_agencies,
    units_of,
)
from lienthong.registries.previews import from_json
from lienthong.registries.queries.files import (
    batch_of,
    batches_of,
    earlier_batches,
    record_of,
    source_of,
    sources,
)
from lienthong.registries.queries.scores import (
    Reading,
    live_batches,
    readings,
    readings_by_place,
    records_behind,
    records_in,
    trend,
    verdicts_of,
    words_of,
)
from lienthong.registries.rules import (
    AlreadyReceived,
    FieldTakenTwice,
    MappingIncomplete,
    NoSuchBatch,
    NoSuchRecord,
    NoSuchSource,
)
from lienthong.registries.states import (
    STAGE_NAMES,
    STATE_NAMES,
    VERDICT_KINDS,
    VERDICT_NAMES,
    BatchMoveNotAllowed,
    BatchState,
    Stage,
    Verdict,
)

__all__ = [
    "REGISTER",
    "STAGE_NAMES",
    "STATE_NAMES",
    "VERDICT_KINDS",
    "VERDICT_NAMES",
    "AlreadyReceived",
    "Batch",
    "BatchMoveNotAllowed",
    "BatchState",
    "Change",
    "FieldTakenTwice",
    "MappingIncomplete",
    "NoSuchBatch",
    "NoSuchRecord",
    "NoSuchSource",
    "Reading",
    "Record",
    "RuleCount",
    "Run",
    "Source",
    "Stage",
    "Verdict",
    "accept_batch",
    "after_run",
    "batch_of",
    "batches_of",
    "duty_codes",
    "earlier_batches",
    "from_json",
    "is_running",
    "live_batches",
    "measure_register",
    "of_agencies",
    "open_source",
    "readings",
    "readings_by_place",
    "receive_batch",
    "record_of",
    "records_behind",
    "records_in",
    "retry_batch",
    "run_batch",
    "run_waiting",
    "source_of",
    "sources",
    "supersede_record",
    "take_back",
    "tie_record",
    "trend",
    "units_of",
    "verdicts_of",
    "withdraw_batch",
    "words_of",
]
