"""The console's ward, for the tests that compare files with screens."""

from console.conftest import pki, settled, world

__all__ = ["pki", "settled", "world"]
