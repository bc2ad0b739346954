import type { Completion } from '../completion';

/** Why a server does not answer. */
export type Trouble =
  | { readonly kind: 'key' }
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'system'; readonly path: string }
  /** A parameter that the server does not take. */
  | { readonly kind: 'parameter'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'value'; readonly message: string; readonly param: string | null };

export interface ErrorReply {
  readonly status: number;
  readonly body: object;
}

/** How one kind of server differs from the others on the wire. */
export interface Dialect {
  /** The one model it serves. */
  readonly model: string;
  readonly status: 200 | 201;
  /** Parameters that it does not take; `system` stands for messages of that role. */
  readonly refuses: ReadonlySet<string>;
  /** Whether it serves its model under whatever name. */
  readonly anyModel?: boolean;
  readonly shape: Shape;
  say(trouble: Trouble): ErrorReply;
  /** An error, after the first words of a stream. */
  breakOff(message: string): string;
  /** The answer of `/v1/models`. */
  listModels(): object;
}

/** Where a dialect puts what all of them say. */
interface Shape {
  /** Events and comments before the first chunk. */
  readonly before?: (completion: Completion) => string;
  /** Fields of each chunk, and of a whole completion, beside the usual ones. */
  readonly fields?: () => object;
  /** Fields of each choice. */
  readonly choice?: object;
  /** The role, where each delta repeats it. */
  readonly delta?: object;
  /** A delta, or a message, that holds the reasoning; none where it stays unseen. */
  readonly reasoning?: (text: string) => object;
  /** The content of a message that holds the reasoning too. */
  readonly content?: (text: string, reasoning: string) => unknown;
  readonly finish: 'apart' | 'with the last text';
  readonly usage: 'when asked' | 'on each chunk' | 'with the finish';
  readonly counts?: (completion: Completion) => object;
  /** Events after the last chunk. */
  readonly after?: (completion: Completion) => string;
}

export const thought = 'The user asks; I answer.';
