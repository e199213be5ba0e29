import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

class Solution {
  static long[] share(long total, long[] weights) {
    long sum = Arrays.stream(weights).sum();
    long[] cents = Arrays.stream(weights).map(weight -> total * weight / sum).toArray();
    long left = total - Arrays.stream(cents).sum();
    IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparing(i -> -(total * weights[i] % sum)))
        .limit(left)
        .forEach(i -> cents[i]++);
    return cents;
  }
}
