"""What it costs to send parcels."""

from .bands import Band
from .errors import NoBand
from .parcel import Parcel
from .quote import Quote, quote

__all__ = ["Band", "NoBand", "Parcel", "Quote", "quote"]
