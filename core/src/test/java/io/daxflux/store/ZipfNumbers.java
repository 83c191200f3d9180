package io.daxflux.store;

import java.util.Arrays;
import java.util.Random;

/** Numbers from 0 whose probability falls with their rank: 1 / (number + 1)^skew. */
final class ZipfNumbers {
  private final double[] cumulative;
  private final Random random;

  ZipfNumbers(int count, double skew, Random random) {
    this.cumulative = new double[count];
    this.random = random;
    double sum = 0;
    for (int number = 0; number < count; number++) {
      sum += Math.pow(number + 1, -skew);
      cumulative[number] = sum;
    }
  }

  int next() {
    double drawn = random.nextDouble() * cumulative[cumulative.length - 1];
    int at = Arrays.binarySearch(cumulative, drawn);
    return at >= 0 ? at : -at - 1;
  }
}
