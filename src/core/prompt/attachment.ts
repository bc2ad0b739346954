/** A part of the context that is attached to a question. */
export interface Attachment {
  readonly kind: AttachmentKind;
  /** The name for the user and the model: "orbits.py:3-10", "Problems". */
  readonly label: string;
  /** VS Code's language identifier; empty if there is none. */
  readonly language: string;
  readonly content: string;
  /** The location of the content, so that it can be opened. It is not sent. */
  readonly source?: AttachmentSource;
}

/** The kinds of attached content. An attachment that is not read yet is an `AttachmentEntry`, with kinds of its own. */
export type AttachmentKind =
  | 'selection'
  /** The imports of a file and the declarations around a selection. */
  | 'surroundings'
  | 'file'
  | 'symbol'
  | 'problems'
  | 'changes'
  | 'terminal'
  | 'paste';

export interface AttachmentSource {
  readonly uri: string;
  /** The path of the file with links resolved; absent if it was not read from the disk. */
  readonly realPath?: string;
  /** First and last line, from 1; absent for the whole file, and for a text of many selections. */
  readonly lines?: Lines;
  /** The column at which the content begins, from 0 in UTF-16 units; absent in chats of earlier versions. */
  readonly column?: number;
}

export type Lines = readonly [number, number];

/**
 * The label of a range of lines in a file: "orbits.py:3-10".
 *
 * @param file the path relative to the workspace, or else the file name
 */
export function lineRangeLabel(file: string, [first, last]: Lines): string {
  return first === last ? `${file}:${first}` : `${file}:${first}-${last}`;
}
