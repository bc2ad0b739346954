import type { Endpoint } from '../addresses/endpoint';

/**
 * An item of reasoning as the service sent it, with its content encrypted. The model continues its reasoning if the
 * item is sent back before the message that it led to.
 */
export interface ReasoningItem {
  readonly type: 'reasoning';
  readonly encrypted_content: string;
  readonly [name: string]: unknown;
}

/** The items of reasoning before an answer. Only the model at the address that sent them can decrypt them. */
export interface ReasoningItems {
  /** The address and the model. */
  readonly source: string;
  readonly items: readonly ReasoningItem[];
}

/** The address without its query, which may contain secrets, and the model. */
export function reasoningSourceOf({ responses }: Pick<Endpoint, 'responses'>, model: string): string {
  return `${responses.origin}${responses.pathname} ${model}`;
}
