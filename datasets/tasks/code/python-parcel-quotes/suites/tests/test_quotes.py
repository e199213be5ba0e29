import pytest
from parcels import Band, Parcel, Quote, quote
from parcels.discounts import bulk, flat

BANDS = (Band(500, 300), Band(2000, 701), Band(10000, 1500))


@pytest.mark.parametrize(
    "weight, size, billed",
    [(400, (0, 0, 0), 400), (400, (100, 100, 100), 400), (100, (100, 100, 100), 200), (1, (100, 100, 101), 202), (1, (10, 10, 51), 2)],
)
def test_bulky_parcels_are_billed_by_their_size(weight, size, billed):
    assert Parcel("box", weight, size).billed == billed


def test_a_quote_bills_what_is_billed():
    made = quote([Parcel("lamp", 400, (200, 200, 200)), Parcel("book", 400)], BANDS)
    assert made.lines == (("lamp", 701), ("book", 300))
    assert made.discount == 0 and made.total == 1001


def test_discounts_are_taken_from_the_prices():
    parcels = [Parcel("a", 400), Parcel("b", 1000), Parcel("c", 1000)]
    made = quote(parcels, BANDS, discounts=[bulk(3, 10), flat(50)])
    assert made.lines == (("a", 300), ("b", 701), ("c", 701))
    assert made.discount == 170 + 50 and made.total == 1702 - 220


def test_a_bulk_discount_needs_its_count():
    parcels = [Parcel("a", 400), Parcel("b", 1000)]
    assert quote(parcels, BANDS, discounts=[bulk(3, 10)]).total == 1001
    assert quote(parcels, BANDS, discounts=[bulk(2, 10)]).total == 901


def test_a_discount_may_be_any_function_of_the_prices():
    seen = []

    def dearest(prices):
        seen.append(list(prices))
        return max(prices)

    assert quote([Parcel("a", 400), Parcel("b", 1000)], BANDS, discounts=[dearest]).total == 300
    assert seen == [[300, 701]]


def test_nothing_costs_less_than_nothing():
    made = quote([Parcel("a", 400)], BANDS, discounts=[flat(200), flat(200)])
    assert made.discount == 300 and made.total == 0
    assert quote([], BANDS, discounts=[flat(5)]).total == 0


def test_a_quote_can_be_made_as_before():
    assert Quote((("a", 5), ("b", 6))).total == 11
