"""The ward of the dossiers' tests."""

from dossiers.conftest import pki, settled, world

__all__ = ["pki", "settled", "world"]
