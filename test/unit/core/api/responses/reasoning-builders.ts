import { encryptedContent } from '../../../../server/responses/request';
import { messageItem } from '../../../../support/response-stream';
import type { requestTo } from '../../../../support/wire';
import { testTimeouts, type FakeResponse } from '../client-builders';

/** The parts of a request body that these tests look at. */
export interface Body {
  readonly include?: readonly string[];
  readonly input: readonly { readonly type?: string; readonly role?: string; readonly id?: string }[];
}

export type Changes = NonNullable<Parameters<typeof requestTo>[1]>;

export const item = {
  id: 'rs_1',
  type: 'reasoning',
  summary: [],
  encrypted_content: encryptedContent('rs_1'),
} as const;
export const source = 'http://127.0.0.1/v1/responses o1-mini';

/** A second question after an answer with a reasoning item. */
export const secondQuestion: Changes = {
  timeouts: testTimeouts,
  messages: [
    { role: 'user', content: 'What is a monad?' },
    { role: 'assistant', content: 'A monoid.', reasoningItems: { source, items: [item] } },
    { role: 'user', content: 'Of what?' },
  ],
  parameters: { api: 'responses', stream: false },
};
export const completed: FakeResponse = {
  body: JSON.stringify({ object: 'response', status: 'completed', output: [messageItem] }),
};

/** The type of each item of the input, or the role of a message without one. */
export function typesIn({ input }: Body): readonly (string | undefined)[] {
  return input.map(({ type, role }) => type ?? role);
}
