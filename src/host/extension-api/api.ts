/** The API that `activate` of o1-mini Chat returns to other extensions. docs/api.md explains it. */
export interface ExtensionApi {
  /** Increases with each change that breaks callers. */
  readonly version: 1;
  /**
   * Sends messages to the service in the settings of o1-mini Chat, with the API key of the user. The first request of an
   * extension asks the user for permission.
   *
   * @returns the text of the answer while it arrives; leaving the loop ends the request
   * @throws LanguageModelError with a message for the user, and with the code `NoPermissions`, `NotFound` or `Blocked`, or
   *   another one; CancellationError after `signal` was aborted; TypeError for arguments of the wrong type
   */
  ask(messages: readonly AskMessage[], options: AskOptions): AsyncIterable<string>;
}

export interface AskMessage {
  /** If the model has no system role, system texts are put at the beginning of the first question. */
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface AskOptions {
  /** The ID of the calling extension: `context.extension.id`. */
  readonly extensionId: string;
  /** The purpose of the requests. It is shown when the user is asked for permission. */
  readonly justification?: string;
  /** By default, the model in the settings. */
  readonly model?: string;
  /** By default, the reasoning effort in the settings. */
  readonly reasoningEffort?: string;
  /** The token limit of the answer, reasoning included. By default, the limit in the settings. */
  readonly maxCompletionTokens?: number;
  /** Ends the request when it is aborted. */
  readonly signal?: AbortSignal;
}
