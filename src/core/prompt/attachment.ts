/** Something that goes with a question. */
export interface Attachment {
  readonly kind: AttachmentKind;
  /** How it is named to the user and to the model: "orbits.py:3-10", "Problems". */
  readonly label: string;
  /** VS Code's identifier of its language; empty where it has none. */
  readonly language: string;
  readonly content: string;
  /** Where it can be opened; this is not sent. */
  readonly source?: AttachmentSource;
}

export type AttachmentKind = 'selection' | 'file' | 'symbol' | 'problems' | 'changes' | 'terminal' | 'paste';

export interface AttachmentSource {
  readonly uri: string;
  /** The path of the file that was read, without links; absent where it was not read from the disk. */
  readonly realPath?: string;
  /** First and last line, counted from 1; absent where all of it is meant. */
  readonly lines?: Lines;
}

export type Lines = readonly [number, number];

/**
 * "orbits.py:3-10": how a piece of a file is named.
 *
 * @param file the path as the user knows it: in the workspace, else the file's name
 */
export function pieceLabel(file: string, [first, last]: Lines): string {
  return first === last ? `${file}:${first}` : `${file}:${first}-${last}`;
}
