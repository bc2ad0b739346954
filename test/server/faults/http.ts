import type { PlayedFault } from './fault';
import { done, events, sends, sendsRaw, answerText, answerStream } from './stream';

/** An address that no test reaches: a client that follows goes to it in vain. */
const elsewhere = 'http://elsewhere.invalid/v1/chat/completions';

/** Answers that are odd, or wrong, as HTTP. */
const odd: readonly PlayedFault[] = [
  {
    name: 'garbage',
    description: 'Bytes that are no HTTP, instead of a status line.',
    expected: { outcome: 'network', text: '', retried: true, messagePart: 'HPE_' },
    play: sendsRaw('\u0000\u0001220 mail.example ESMTP\r\n\r\n'),
  },
  {
    name: 'header-flood',
    description: 'More than 16 KB of headers, which Node refuses.',
    expected: { outcome: 'network', text: '', retried: true, messagePart: 'HPE_HEADER_OVERFLOW' },
    play: sendsRaw(
      `HTTP/1.1 200 OK\r\n${`x-flood: ${'x'.repeat(1000)}\r\n`.repeat(80)}\r\n${answerStream}${done}`,
    ),
  },
  {
    name: 'informational',
    description: 'Informational answers, 100, 102 and 103, before the real one.',
    expected: { outcome: 'complete', text: answerText },
    play: (to) => {
      to.response.writeContinue();
      to.response.writeProcessing();
      to.response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      return sends({ parts: [answerStream, done] })(to);
    },
  },
  {
    name: 'no-length',
    description: 'A body with neither a length nor chunks: it ends with its connection.',
    expected: { outcome: 'complete', text: answerText },
    play: sendsRaw(`HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\n${answerStream}`),
  },
  ...[200, 201, 202, 206].map((status) => ({
    name: `status-${status}`,
    description: `An answer with the status ${status}.`,
    expected: { outcome: 'complete', text: answerText } as const,
    play: sends({ status, parts: [answerStream, done] }),
  })),
];

const redirects: readonly PlayedFault[] = [
  ...[301, 302, 303, 307, 308].map((status) => ({
    name: `redirect-${status}`,
    description: `A ${status} to another origin, where the key must not go.`,
    expected: { outcome: 'redirected', text: '', messagePart: elsewhere } as const,
    play: sends({ status, headers: { location: elsewhere }, parts: [] }),
  })),
  {
    name: 'redirect-nowhere',
    description: 'A 307 that does not say where to.',
    expected: { outcome: 'redirected', text: '' },
    play: sends({ status: 307, headers: {}, parts: [] }),
  },
  {
    name: 'redirect-loop',
    description: 'A 307 to the same path, each time.',
    expected: { outcome: 'redirected', text: '' },
    play: (to) => sends({ status: 307, headers: { location: to.request.url ?? '' }, parts: [] })(to),
  },
];

const types = [
  ['missing-type', undefined],
  ['plain-type', 'text/plain'],
  ['octet-type', 'application/octet-stream'],
  ['json-type', 'application/json'],
  ['odd-type', 'Text/Event-Stream;charset=UTF-8'],
] as const;

export const httpFaults: readonly PlayedFault[] = [
  ...odd,
  ...redirects,
  ...types.map(([name, type]) => ({
    name,
    description: `A stream of events whose content type is ${type ?? 'not there'}.`,
    expected: { outcome: 'complete', text: answerText } as const,
    play: sends({
      headers: type === undefined ? {} : { ...events, 'content-type': type },
      parts: [answerStream, done],
    }),
  })),
];
