import { prepared } from './prepared';
import type { Variants } from './prepared';
import type { Question } from './question';

const openings: Variants = [
  'Here is what this code does, and the one line that deserves a second look.',
  'Short code with one subtle line. First what it is for, then how it goes about it.',
  'Let me take this code apart: its purpose, its steps, and the line that is easy to overlook.',
];

/** The files of the sample workspace, recognized by names that only they contain. */
const samples: readonly { readonly pattern: RegExp; readonly answer: Variants }[] = [
  {
    pattern: /solve_kepler|mean_anomaly|semi_major_axis|kepler/i,
    answer: prepared('explain-orbits', openings),
  },
  { pattern: /shortestPaths|enqueue\(|dijkstra/i, answer: prepared('explain-graph', openings) },
  {
    pattern: /\bring_(used|free|write|read)\b|RING_MASK|ring buffer/i,
    answer: prepared('explain-ring', openings),
  },
];

export function explanation({ text }: Question): Variants | undefined {
  return samples.find(({ pattern }) => pattern.test(text))?.answer;
}
