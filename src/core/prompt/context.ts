/** Code that goes with a question. */
export interface CodeContext {
  /** The path as the user knows it: in the workspace, else the file's name. */
  readonly file: string;
  /** First and last line, counted from 1. */
  readonly lines: readonly [number, number];
  /** VS Code's identifier of the language. */
  readonly language: string;
  readonly code: string;
}

/** "orbits.py:3-10": how a piece of code is named to the user and to the model. */
export function contextLabel({ file, lines: [first, last] }: Pick<CodeContext, 'file' | 'lines'>): string {
  return first === last ? `${file}:${first}` : `${file}:${first}-${last}`;
}
