/** A function that the caller offers to the model. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** The JSON schema of its arguments; absent if it has none. */
  readonly parameters?: object;
}

/** The tools of a request. With `required`, the model must call one of them. */
export interface RequestTools {
  readonly list: readonly [Tool, ...Tool[]];
  readonly choice: 'auto' | 'required';
}

/** A call that the model asks for; the caller runs the tool and sends the result. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, as the model has written it. */
  readonly arguments: string;
}
