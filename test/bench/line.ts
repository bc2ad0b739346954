/** One figure of the benchmark. */
export interface BenchLine {
  /** The ID of the goal, such as P1; empty for other figures. */
  readonly id: string;
  readonly label: string;
  readonly figure: string;
  /** Undefined if the figure is only for information. */
  readonly goal?: { readonly text: string; readonly reached: boolean };
  /** Whether the figure is within its limit. Beyond the limit, something has become worse than ever before. */
  readonly withinLimit: boolean;
}

/** The value that a figure should reach, and the worst value allowed, both in the unit of the figure. */
export interface Bounds {
  readonly goal: number;
  readonly limit: number;
  readonly unit: string;
  readonly digits?: number;
  /** Whether a higher or a lower value is better. */
  readonly better?: 'more' | 'less';
}

/** A figure that is compared with its goal and its limit. */
export function lineOf(
  id: BenchLine['id'],
  label: string,
  value: number,
  { goal, limit, unit, digits = 2, better = 'less' }: Bounds,
): BenchLine {
  const format = (number: number): string => `${number.toFixed(digits)}${unit}`;
  const isWithin = (bound: number): boolean => (better === 'less' ? value <= bound : value >= bound);
  return {
    id,
    label,
    figure: format(value),
    goal: {
      text: `at ${better === 'less' ? 'most' : 'least'} ${String(goal)}${unit}`,
      reached: isWithin(goal),
    },
    withinLimit: isWithin(limit),
  };
}

/** A figure that is not compared with anything. */
export function informationOf(id: BenchLine['id'], label: string, figure: string): BenchLine {
  return { id, label, figure, withinLimit: true };
}
