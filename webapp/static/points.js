// Points out of values in millionths, in whole numbers: the arithmetic of graph/matching/scoring/points.py to the digit.
// Both are tested with the cases of tests/samples/points.

const MILLION = 1_000_000n;

export function addUp(full, values, weights) {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n) * MILLION;
  const total = values.reduce((sum, value, index) => sum + full * weights[index] * value, 0n);
  return (2n * total + whole) / (2n * whole);
}

// Largest remainder, the earlier criterion first among equals.
export function split(full, values, weights) {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n) * MILLION;
  const shares = values.map((value, index) => full * weights[index] * value);
  const points = shares.map((share) => share / whole);
  const order = [...shares.keys()].sort((one, other) => Number(shares[other] % whole - shares[one] % whole) || one - other);
  const missing = Number(addUp(full, values, weights) - points.reduce((sum, part) => sum + part, 0n));
  for (const index of order.slice(0, missing)) points[index] += 1n;
  return points.map(Number);
}
