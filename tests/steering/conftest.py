"""A register of tasks for this folder's tests."""

import pytest

from steering.registers import Register, build_register


@pytest.fixture
def register(db: None) -> Register:
    return build_register()
