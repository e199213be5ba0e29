"""Quotes: what some parcels cost together."""

from dataclasses import dataclass

from .bands import price_of


@dataclass(frozen=True)
class Quote:
    """`lines` are pairs of a parcel's name and its price in cents, in the order of the parcels."""

    lines: tuple

    @property
    def total(self):
        return sum(price for _, price in self.lines)


def quote(parcels, bands):
    """The quote for parcels at these bands."""
    return Quote(tuple((parcel.name, price_of(bands, parcel.weight)) for parcel in parcels))
