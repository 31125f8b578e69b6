"""All that other rooms may import from organisations."""

from lienthong.organisations.actions import appoint_holder, end_holding, load_organisations, open_post
from lienthong.organisations.events import HolderAppointed, HoldingEnded, OrganisationsLoaded
from lienthong.organisations.models import Holding, Kind, Organisation, Post, Sector
from lienthong.organisations.queries import (
    agency_of,
    ancestors,
    centre_of,
    committee_of,
    descendants,
    find_organisations,
    holder_of,
    holdings_of,
    organisation,
    organisation_now,
    organisations_on,
    posts_of,
)
from lienthong.organisations.rules import AppointedTooEarly, OrganisationUnknown, PostVacant

__all__ = [
    "AppointedTooEarly",
    "HolderAppointed",
    "Holding",
    "HoldingEnded",
    "Kind",
    "Organisation",
    "OrganisationUnknown",
    "OrganisationsLoaded",
    "Post",
    "PostVacant",
    "Sector",
    "agency_of",
    "ancestors",
    "appoint_holder",
    "centre_of",
    "committee_of",
    "descendants",
    "end_holding",
    "find_organisations",
    "holder_of",
    "holdings_of",
    "load_organisations",
    "open_post",
    "organisation",
    "organisation_now",
    "organisations_on",
    "posts_of",
]
