package org.javatuples;

/** One value, each of a type of its own. */
public final class Unit<A> extends Tuple {
  public Unit(A value0) {
    super(value0);
  }

  public static <A> Unit<A> with(A value0) {
    return new Unit<>(value0);
  }

  public A getValue0() {
    return at(0);
  }

  public <X> Unit<X> setAt0(X value) {
    return new Unit<>(value);
  }

  public <X> Pair<A, X> add(X value) {
    return new Pair<>(getValue0(), value);
  }
}
