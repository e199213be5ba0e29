/**
 * The unbiased estimate of pass@k for one task of which `passed` out of `samples` samples passed: the chance that at
 * least one of `k` samples drawn without replacement passes, `1 - C(samples - passed, k) / C(samples, k)`, as a
 * product that does not overflow. Nothing when there are fewer than `k` samples.
 *
 * Source: Chen et al., "Evaluating Large Language Models Trained on Code", 2021, section 2.1.
 *
 * @example
 * passAtK(4, 1, 2); // 0.5
 */
export function passAtK(samples: number, passed: number, k: number): number | undefined {
  if (samples < k) return undefined;
  if (samples - passed < k) return 1;
  // The quotient is the same with `k` and `passed` exchanged; the fewer factors, the less is lost by rounding.
  const [fewer, more] = k < passed ? [k, passed] : [passed, k];
  let allFail = 1;
  for (let i = 0; i < fewer; i++) allFail *= 1 - more / (samples - i);
  return 1 - allFail;
}
