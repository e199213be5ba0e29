package org.javatuples;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * What public data sets for Java have for tuples: classes by the names and the methods of the library javatuples, as far
 * as those sets use them, for machines without it.
 */
public abstract class Tuple implements Iterable<Object>, Serializable, Comparable<Tuple> {
  private final Object[] values;

  Tuple(Object... values) {
    this.values = values;
  }

  /** A tuple of one to five values. */
  public static Tuple of(Object... values) {
    return switch (values.length) {
      case 1 -> new Unit<>(values[0]);
      case 2 -> new Pair<>(values[0], values[1]);
      case 3 -> new Triplet<>(values[0], values[1], values[2]);
      case 4 -> new Quartet<>(values[0], values[1], values[2], values[3]);
      case 5 -> new Quintet<>(values[0], values[1], values[2], values[3], values[4]);
      default -> throw new IllegalArgumentException("no tuple has " + values.length + " values");
    };
  }

  public final int getSize() {
    return values.length;
  }

  public final Object getValue(int index) {
    return values[index];
  }

  /** The value of a place, as its type has it. */
  @SuppressWarnings("unchecked")
  final <T> T at(int index) {
    return (T) values[index];
  }

  public final List<Object> toList() {
    return Collections.unmodifiableList(Arrays.asList(values));
  }

  public final Object[] toArray() {
    return values.clone();
  }

  public final boolean contains(Object value) {
    return toList().contains(value);
  }

  public final int indexOf(Object value) {
    return toList().indexOf(value);
  }

  @Override
  public final Iterator<Object> iterator() {
    return toList().iterator();
  }

  @Override
  public final boolean equals(Object other) {
    return other != null && other.getClass() == getClass() && Arrays.equals(values, ((Tuple) other).values);
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public final String toString() {
    return Arrays.toString(values);
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public final int compareTo(Tuple other) {
    for (int i = 0; i < Math.min(values.length, other.values.length); i++) {
      int order = ((Comparable) values[i]).compareTo(other.values[i]);
      if (order != 0) return order;
    }
    return Integer.compare(values.length, other.values.length);
  }
}
