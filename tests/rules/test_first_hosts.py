"""Which numbers of first hosts there can be, against going through every choice of every pool."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from activation.rules.first_hosts import NO_CEILING, FirstHosts

LIMIT = 3
hosts = st.tuples(st.integers(0, 1), st.integers(0, 1))
costs = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(1, 3))
pools = st.lists(st.dictionaries(hosts, costs, min_size=1, max_size=4), max_size=6)
ceilings = st.just(NO_CEILING) | st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(0, 18))


@given(pools, ceilings)
def test_the_numbers_are_those_of_some_choice_and_cost_what_the_cheapest_costs(choices, ceiling):
    cheapest: dict[tuple[int, int], tuple[int, int, int]] = {}
    for chosen in product(*(pool.items() for pool in choices)):
        numbers = tuple(min(LIMIT, sum(firsts[key] for firsts, _ in chosen)) for key in (0, 1))
        cost = tuple(sum(cost[line] for _, cost in chosen) for line in (0, 1, 2))
        cheapest[numbers] = min(cheapest.get(numbers, cost), cost)
    expected = sorted((cost, numbers) for numbers, cost in cheapest.items() if cost <= ceiling or not choices)
    assert FirstHosts(choices, (0, 0), LIMIT).reachable(ceiling) == expected


def test_of_three_pools_the_cheapest_choice_comes_first_and_two_keys_in_one_pool_are_not_thought_up():
    first_or_second = {(1, 0): (0, 0, 1), (0, 1): (0, 1, 1)}
    found = FirstHosts([first_or_second] * 3, (0, 0), limit=2).reachable((0, 2, 3))
    assert found == [((0, 0, 3), (2, 0)), ((0, 1, 3), (2, 1)), ((0, 2, 3), (1, 2))]
