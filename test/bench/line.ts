/** One figure of the benchmark. */
export interface BenchLine {
  /** The row of the goals that it belongs to, such as P1; empty for other figures. */
  readonly id: string;
  readonly what: string;
  readonly figure: string;
  /** Undefined where the figure is only for information. */
  readonly goal?: { readonly text: string; readonly reached: boolean };
  /** Whether the figure is within its limit. Beyond it, something has become worse than it ever was. */
  readonly withinLimit: boolean;
}

/** What a figure should be, and what it must not be beyond; both in the unit of the figure. */
export interface Bounds {
  readonly goal: number;
  readonly limit: number;
  readonly unit: string;
  readonly digits?: number;
  /** Whether more is better. */
  readonly better?: 'more' | 'less';
}

/** The line of a figure that is compared with its goal and its limit. */
export function lineOf(
  id: BenchLine['id'],
  what: string,
  value: number,
  { goal, limit, unit, digits = 2, better = 'less' }: Bounds,
): BenchLine {
  const format = (number: number): string => `${number.toFixed(digits)}${unit}`;
  const keeps = (bound: number): boolean => (better === 'less' ? value <= bound : value >= bound);
  return {
    id,
    what,
    figure: format(value),
    goal: {
      text: `at ${better === 'less' ? 'most' : 'least'} ${String(goal)}${unit}`,
      reached: keeps(goal),
    },
    withinLimit: keeps(limit),
  };
}

/** The line of a figure that is not compared with anything. */
export function informationOf(id: BenchLine['id'], what: string, figure: string): BenchLine {
  return { id, what, figure, withinLimit: true };
}
