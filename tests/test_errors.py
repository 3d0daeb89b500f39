from __future__ import annotations

import inspect

from pipeline import errors
from pipeline.errors import DatelineError, InputError, StageError, nearest


def test_every_error_is_a_dateline_error_and_drawn_in_the_tree() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)]
    for kind in kinds:
        assert issubclass(kind, DatelineError)
        assert kind.__name__ in (errors.__doc__ or "")


def test_input_error_carries_its_reason() -> None:
    error = InputError("empty", "there is no text in it")
    assert (error.reason, str(error)) == ("empty", "there is no text in it")


def test_stage_error_names_the_stage() -> None:
    error = StageError("places", "KeyError: 'x'")
    assert (error.stage, error.message) == ("places", "KeyError: 'x'")
    assert str(error) == "stage 'places': KeyError: 'x'"


def test_nearest_names_a_near_name_and_no_far_one() -> None:
    assert nearest("plases", ["dates", "places"]) == " Did you mean 'places'?"
    assert nearest("xyz", ["dates", "places"]) == ""
