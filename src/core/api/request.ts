import type { Endpoint } from './endpoint';
import type { Timeouts } from './watchdog';

export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly name?: string;
}

/** Parameters of a request, with the ranges that the service allows (README.md, "Requests"). */
export interface ChatParameters {
  readonly model: string;
  /** The limit in tokens. It includes the reasoning, so a limit below its length leads to an empty answer. */
  readonly maxCompletionTokens: number;
  readonly tokenLimitParameter: 'max_completion_tokens' | 'max_tokens';
  readonly stream: boolean;
  readonly includeUsage: boolean;
  /** Number of alternative answers; each is billed. */
  readonly n: number;
  readonly seed: number | null;
  /** The API that is called; `auto` leaves it to the client. */
  readonly api: 'auto' | 'chat' | 'responses';
  /** Summaries of the reasoning, which only the Responses API has. Absent for none. */
  readonly reasoningSummary?: 'auto' | 'concise' | 'detailed';
}

export interface ChatRequest {
  readonly endpoint: Endpoint;
  /** Absent for a loopback server. */
  readonly apiKey?: string;
  readonly parameters: ChatParameters;
  /** The instructions from the settings; empty for none. */
  readonly instructions: string;
  readonly messages: readonly ChatMessage[];
  readonly timeouts: Timeouts;
  /** Maximum number of retries for a request that failed before its answer began. */
  readonly maxRetries: number;
}
