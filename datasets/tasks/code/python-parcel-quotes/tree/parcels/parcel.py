"""One parcel."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Parcel:
    """A parcel of `weight` grams; `size` is its length, width and height in millimetres."""

    name: str
    weight: int
    size: tuple = (0, 0, 0)
