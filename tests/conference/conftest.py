"""The ward's world with a committee over it and a meeting of that committee, planned with two provinces."""

from conference.session import Session, convened, session
from dossiers.conftest import pki, settled, world

__all__ = ["Session", "convened", "pki", "session", "settled", "world"]
