"""What can be wrong with parcels."""


class NoBand(ValueError):
    """No band takes this weight."""

    def __init__(self, weight):
        super().__init__("no band takes %d g" % weight)
        self.weight = weight
