import type { Endpoint } from './addresses/endpoint';
import type { ReasoningItems } from './responses/reasoning-items';
import type { RequestTools, ToolCall } from './tools';
import type { Timeouts } from './watchdog';

export type ChatMessage = SpokenMessage | ToolResult;

interface SpokenMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly name?: string;
  /** Images that follow the content, as data URLs. */
  readonly images?: readonly string[];
  /** The calls that the model has asked for with this message. */
  readonly toolCalls?: readonly ToolCall[];
  /** Sent before an answer to the model that sent them with it; absent if there are none. */
  readonly reasoningItems?: ReasoningItems;
}

/** The result of a call. It follows the message with the call. */
interface ToolResult {
  readonly role: 'tool';
  readonly callId: string;
  readonly content: string;
}

/** Parameters of a request, with the ranges that the service allows (src/core/api/README.md, "Requests"). */
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
  /** How much the model reasons, in a word such as `low`; models differ in the words. Absent for the model's default. */
  readonly reasoningEffort?: string;
  /** How much the model writes, in a word such as `low`. Absent for the model's default. */
  readonly verbosity?: string;
}

export interface ChatRequest {
  readonly endpoint: Endpoint;
  /** Absent for a loopback server. */
  readonly apiKey?: string;
  readonly parameters: ChatParameters;
  /** The instructions from the settings; empty for none. */
  readonly instructions: string;
  readonly messages: readonly ChatMessage[];
  /** Absent for a request without tools, as all requests of the chat are. */
  readonly tools?: RequestTools;
  readonly timeouts: Timeouts;
  /** Maximum number of retries for a request that failed before its answer began. */
  readonly maxRetries: number;
}
