"""The ward of the dossiers' tests, and the committee's secretary looking at it."""

from dossiers.conftest import pki, settled, world

__all__ = ["pki", "settled", "world"]
