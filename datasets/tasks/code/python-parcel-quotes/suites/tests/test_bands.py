import pytest
from parcels import Band, NoBand, Parcel, quote
from parcels.bands import price_of
from parcels.errors import NoBand as same

BANDS = [Band(2000, 700), Band(500, 300), Band(10000, 1500)]


def test_a_band_takes_its_own_limit():
    assert price_of(BANDS, 500) == 300
    assert price_of(BANDS, 2000) == 700
    assert price_of(BANDS, 0) == 300


def test_bands_come_in_any_order():
    assert price_of(BANDS, 501) == 700
    assert price_of(tuple(reversed(BANDS)), 499) == 300
    assert BANDS[0] == Band(2000, 700)


def test_a_weight_without_a_band_is_told():
    with pytest.raises(NoBand, match="^no band takes 10001 g$") as caught:
        price_of(BANDS, 10001)
    assert caught.value.weight == 10001 and caught.value.parcel is None
    assert NoBand is same


def test_the_parcel_without_a_band_is_named():
    with pytest.raises(NoBand, match="^no band takes 12000 g \\(chest\\)$") as caught:
        quote([Parcel("book", 400), Parcel("chest", 12000)], BANDS)
    assert caught.value.weight == 12000 and caught.value.parcel == "chest"
