"""The search for cycles stops and goes on, also after an error and within another hold."""

from __future__ import annotations

import gc

import pytest

from banzi.kernel.collecting import without_collecting


def test_collecting_goes_on_afterwards() -> None:
    assert gc.isenabled()
    with without_collecting():
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collecting_goes_on_after_an_error() -> None:
    with pytest.raises(ValueError, match="x"), without_collecting():
        raise ValueError("x")
    assert gc.isenabled()
