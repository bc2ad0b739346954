import type { Completion } from '../completion';
import type { Deprecation } from '../model-catalog';

/** The APIs that models support. */
export type Apis = 'both' | 'chat' | 'responses';

/** The reason why a server rejects a request. */
export type Rejection =
  | { readonly kind: 'key' }
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'system'; readonly path: string }
  /** A parameter that the server does not accept. */
  | { readonly kind: 'parameter'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'value'; readonly message: string; readonly param: string | null }
  /** A reasoning effort that the model does not accept. */
  | { readonly kind: 'effort'; readonly value: string; readonly api: 'chat' | 'responses' }
  /** A prompt that exceeds the context window, with the token limit if the server includes it. */
  | { readonly kind: 'window'; readonly prompt: number; readonly limit: number; readonly window: number };

export interface ErrorReply {
  readonly status: number;
  readonly body: object;
}

/** How one kind of server differs from others. */
export interface Dialect {
  /** Its only model. */
  readonly model: string;
  readonly status: 200 | 201;
  /** Parameters that it does not accept. `system` means messages with that role. */
  readonly rejectedParameters: ReadonlySet<string>;
  /** Whether it ignores the model name of a request. */
  readonly anyModel?: boolean;
  /** The APIs that it supports, by default only Chat Completions. */
  readonly apis?: Apis;
  /** Names of the token limit that it accepts and ignores. */
  readonly ignoredParameters?: ReadonlySet<string>;
  /** The values of `reasoning_effort` that it accepts. Without them, it does not support the parameter. */
  readonly efforts?: readonly string[];
  /** Whether it supports only streams. */
  readonly streamOnly?: true;
  /** The context window in tokens, and whether it includes the token limit. */
  readonly window?: { readonly tokens: number; readonly countsLimit: boolean };
  /** Its list of retired models, if it has one. */
  readonly deprecations?: readonly Deprecation[];
  readonly shape: Shape;
  reject(rejection: Rejection): ErrorReply;
  /** An error event within a stream. */
  streamError(message: string): string;
  /** The response of `/v1/models`. */
  listModels(): object;
  /** The responses of other addresses, by their paths. */
  readonly details?: Readonly<Record<string, object>>;
}

/** Where a dialect differs in the form of its answers. */
interface Shape {
  /** Events and comments before the first chunk. */
  readonly before?: (completion: Completion) => string;
  /** Additional fields of each chunk, and of a whole completion. */
  readonly fields?: () => object;
  /** Additional fields of each choice. */
  readonly choice?: object;
  /** Fields that each delta repeats, such as the role. */
  readonly delta?: object;
  /** The fields of a delta or message with the reasoning, if the server sends it. */
  readonly reasoning?: (text: string) => object;
  /** The content of a message that also contains the reasoning. */
  readonly content?: (text: string, reasoning: string) => unknown;
  readonly finish: 'separate' | 'with the last text';
  readonly usage: 'on request' | 'on each chunk' | 'with the finish';
  readonly counts?: (completion: Completion) => object;
  /** Events after the last chunk. */
  readonly after?: (completion: Completion) => string;
}

export const reasoningText = 'The user asks; I answer.';
