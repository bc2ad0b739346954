import { readFileSync } from 'node:fs';

/** Variants of one text. */
export type Variants = readonly [string, ...string[]];

/** A Markdown file of this folder with each of the opening sentences. */
export function prepared(name: string, openings: Variants): Variants {
  const body = readFileSync(new URL(`${name}.md`, import.meta.url), 'utf8').trimEnd();
  const [first, ...others] = openings;
  return [`${first}\n\n${body}`, ...others.map((opening) => `${opening}\n\n${body}`)];
}
