"""Two selection rates held against each other, as honestly as small numbers allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

FOUR_FIFTHS = Fraction(4, 5)
"""29 CFR 1607.4D: a rate under this share of the highest group's is looked into."""


def fisher(selected: int, base: int, other_selected: int, other_base: int) -> Fraction:
    """Fisher's exact test, two-sided: the chance of a split at least as unlikely as this one, were both groups alike.

    All splits count whose probability is not over the observed one's; whole numbers throughout, so that ties are ties.
    """
    everyone, chosen = base + other_base, selected + other_selected
    least, most = max(0, chosen - other_base), min(base, chosen)
    way, ways = comb(base, least) * comb(other_base, chosen - least), {}
    for count in range(least, most + 1):
        ways[count] = way
        # The next from this one: binomials of large groups one by one would take minutes.
        way = way * (base - count) * (chosen - count) // ((count + 1) * (other_base - chosen + count + 1))
    seen = ways[selected]
    return Fraction(sum(one for one in ways.values() if one <= seen), comb(everyone, chosen))


@dataclass(frozen=True, slots=True)
class Against:
    """A group's rate against the highest group's. `ratio` of the rates; `p`: fisher().

    `reverses`: it lies under four fifths, and would not if one place had gone to this group and not to the other (the
    Uniform Guidelines' questions and answers ask not to act on such a difference).
    """

    ratio: Fraction
    p: Fraction
    reverses: bool

    @property
    def under(self) -> bool:
        return self.ratio < FOUR_FIFTHS


def against(
    selected: int, base: int, best_selected: int, best_base: int, others: Sequence[tuple[int, int]] = ()
) -> Against:
    """`others`: (selected, base) of further groups, one of which may be the highest once the best has lost a place.

    ValueError where a group is empty or nobody of the highest group was selected: there is no ratio then."""
    if base < 1 or best_base < 1 or best_selected < 1:
        raise ValueError("no rate to hold this against")
    ratio = Fraction(selected, base) / Fraction(best_selected, best_base)
    under = ratio < FOUR_FIFTHS
    with_one_more = Fraction(min(selected + 1, base), base)
    highest = max(Fraction(best_selected - 1, best_base), *(Fraction(*one) for one in others), Fraction(0))
    reverses = under and with_one_more >= FOUR_FIFTHS * highest
    return Against(ratio, fisher(selected, base, best_selected, best_base), reverses)
