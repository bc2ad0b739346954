import type { ChatListItem } from '../../../src/protocol/history';
import type { Action, ErrorCard } from '../../../src/protocol/messages';

export const retry = {
  remaining: 42_000,
  attempt: 2,
  maxAttempts: 2,
  reason: 'The service has too many requests at the moment.',
};
export const estimate = {
  model: 'o1-mini',
  text: '1,234 tokens · at most $0.11',
  explanation: 'In a sentence.',
  level: 'fine',
} as const;
export const code =
  '```python\ndef area(r: float) -> float:\n    """Of a circle."""\n    return 3.14159 * r ** 2\n```\n';
export const rows = [
  { label: 'Model', value: 'o1-mini-2024-09-12' },
  { label: 'Request ID', value: 'req_0123456789abcdef0123456789abcdef' },
  { label: 'Thinking', value: '12.4 s, 1,024 tokens' },
  { label: 'Price', value: '$0.0123 (57 tokens in, 2,167 out)' },
];
export const selection = { type: 'selection', selection: { label: 'orbits.py:3-10', lineCount: 8 } } as const;

export const errorCard: ErrorCard = {
  title: 'The service reported an error',
  explanation: 'The service returned 500: overloaded. Try again later.',
  buttons: [button('retry', 'Retry'), button('openSettings', 'Open Settings'), button('showLog', 'Show Log')],
};
export const chats: readonly ChatListItem[] = ['1', '2', '3'].map((title, index) => ({
  id: title,
  title,
  pinned: index === 2,
  date: index * 1e11,
  running: index === 1,
  shown: index === 0,
  here: true,
}));
export const details = { summary: '57 prompt · 2,167 completion tokens · $0.0123', rows };
/** Markdown with one of everything that an answer can contain. */
export const everything = `# A heading

A paragraph with **strong**, *emphasised* and \`code\`, [a link](https://example.org) and $x^2$.

- one
  1. two

> A quotation.

| name | value |
| :--- | ----: |
| pi   |  3.14 |

${code}
$$\\int_0^1 x^2\\,dx = \\frac13$$

$$\\wrong{$$

## Another

---

The end.
`;

export function button(action: Action, label: string): ErrorCard['buttons'][number] {
  return { action, label };
}

export const chip = {
  icon: 'code',
  tokens: '120',
  title: 'orbits.py, lines 3 to 10',
  pasted: false,
};

/** The labels are too short to be reported as untranslated text. */
export const suggested = [
  { id: '1', icon: 'file', label: 'a.c', detail: '' },
  { id: '2', icon: 'symbol-function', label: 'b', detail: 'c/d' },
];
