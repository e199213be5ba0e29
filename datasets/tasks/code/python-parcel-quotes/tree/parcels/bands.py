"""Price bands: what a weight costs."""

from dataclasses import dataclass

from .errors import NoBand


@dataclass(frozen=True)
class Band:
    """Weights up to `up_to` grams cost `price` cents."""

    up_to: int
    price: int


def price_of(bands, weight):
    """The price of the lightest band that takes this weight."""
    for band in bands:
        if weight < band.up_to:
            return band.price
    raise NoBand(weight)
