"""The memory of the caches is bounded: entries weigh what they hold, and the least used go first."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from graph.cache.memory import Cache
from graph.cache.store import MEGABYTE, STORE, USUAL_MEGABYTES, BoundedStore, weight
from graph.connection import Graph


@pytest.fixture
def small() -> Iterator[None]:
    STORE.limit_to(MEGABYTE)
    yield
    STORE.limit_to(USUAL_MEGABYTES * MEGABYTE)


@dataclass(frozen=True, slots=True)
class Record:
    numbers: object
    name: str


def test_the_least_used_goes_first() -> None:
    store = BoundedStore(100)
    for key in ("first", "second"):
        store.put(key, key, 40)
    assert store.get("first") == "first"
    store.put("third", "third", 40)

    assert [store.get(key) for key in ("first", "second", "third")] == ["first", None, "third"]
    assert store.size == 80


def test_what_is_larger_than_everything_that_may_be_kept_is_not_kept() -> None:
    store = BoundedStore(100)
    store.put("small", "small", 10)
    store.put("large", "large", 101)

    assert store.get("large") is None
    assert store.get("small") == "small"


def test_a_value_is_put_only_in_the_place_of_the_one_it_was_made_to_replace() -> None:
    store = BoundedStore(100)
    assert store.put("key", "one", 10)
    assert not store.put("key", "two", 10)
    assert store.put("key", "three", 10, instead_of=store.get("key"))
    assert store.get("key") == "three"


def test_only_the_named_value_is_forgotten() -> None:
    store = BoundedStore(100)
    store.put("key", "value", 10)
    store.forget("key", "another")
    assert store.get("key") == "value"
    store.forget("key", "value")
    assert store.get("key") is None
    assert store.size == 0


def test_a_store_is_nearly_full_where_a_tenth_of_the_room_is_left() -> None:
    store = BoundedStore(100)
    store.put("one", 1, 90)
    assert not store.is_nearly_full
    store.put("two", 2, 5)
    assert store.is_nearly_full


def test_arrays_weigh_their_bytes() -> None:
    assert 8_000_000 <= weight(np.zeros(1_000_000)) < 8_001_000
    assert 8_000_000 <= weight(Record(np.zeros(1_000_000), "name")) < 8_001_000


def test_a_view_weighs_what_it_keeps_alive() -> None:
    assert weight(np.zeros(1_000_000)[:3]) >= 8_000_000


def test_what_is_reached_twice_weighs_once() -> None:
    once = np.zeros(1_000_000)
    assert weight([once, once]) < 8_001_000


@pytest.mark.parametrize("size", [10, 1_000, 100_000])
def test_a_long_list_weighs_about_as_much_as_its_parts(size: int) -> None:
    found = [f"identifier-{number:08}" for number in range(size)]
    exact = found.__sizeof__() + sum(text.__sizeof__() for text in found)

    assert 0.9 * exact < weight(found) < 1.1 * exact
    assert 0.9 * exact < weight({"column": found}) < 1.1 * exact + 500


def test_rows_of_dictionaries_weigh_about_as_much_as_their_parts() -> None:
    found = [{"id": f"identifier-{number:08}", "level": number / 7} for number in range(10_000)]
    parts = sum(row.__sizeof__() + row["id"].__sizeof__() + 24 for row in found)  # type: ignore[union-attr]

    assert 0.7 * parts < weight(found) < 1.3 * parts


@pytest.mark.usefixtures("small")
def test_a_cache_forgets_what_was_used_least_once_memory_is_short(fresh: Graph) -> None:
    cache = Cache[int, object]()
    first = cache.fetch(fresh, 0, lambda: np.zeros(50_000))
    for number in range(1, 9):
        cache.fetch(fresh, number, lambda: np.zeros(50_000))

    assert STORE.size <= MEGABYTE
    assert cache.fetch(fresh, 0, lambda: np.zeros(50_000)) is not first


@pytest.mark.usefixtures("small")
def test_what_is_too_large_to_be_kept_is_made_each_time(fresh: Graph) -> None:
    cache = Cache[str, object]()
    first = cache.fetch(fresh, "key", lambda: np.zeros(500_000))

    assert cache.fetch(fresh, "key", lambda: np.zeros(500_000)) is not first
