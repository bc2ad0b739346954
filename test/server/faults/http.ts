import type { PlayedFault } from './fault';
import type { AnswerFormat } from './answer-format';
import { events, sends, sendsRaw, answerText } from './stream';

/** An address that does not exist, which a client must not request. */
const otherOrigin = 'http://elsewhere.invalid/v1/chat/completions';

/** Responses that are unusual or invalid HTTP. */
const unusual = ({ answerStream, done }: AnswerFormat): readonly PlayedFault[] => [
  {
    name: 'garbage',
    description: 'Bytes that are not HTTP.',
    expected: { outcome: 'network', text: '', retried: true, messagePart: 'HPE_' },
    play: sendsRaw('\u0000\u0001220 mail.example ESMTP\r\n\r\n'),
  },
  {
    name: 'header-flood',
    description: 'More than 16 KB of headers, which Node rejects.',
    expected: { outcome: 'network', text: '', retried: true, messagePart: 'HPE_HEADER_OVERFLOW' },
    play: sendsRaw(
      `HTTP/1.1 200 OK\r\n${`x-flood: ${'x'.repeat(1000)}\r\n`.repeat(80)}\r\n${answerStream}${done}`,
    ),
  },
  {
    name: 'informational',
    description: 'Informational responses (100, 102 and 103) before the final one.',
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
    description: 'A body without a length or chunks, which ends with the connection.',
    expected: { outcome: 'complete', text: answerText },
    play: sendsRaw(`HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\n${answerStream}`),
  },
  ...[200, 201, 202, 206].map((status) => ({
    name: `status-${status}`,
    description: `A stream with the status ${status}.`,
    expected: { outcome: 'complete', text: answerText } as const,
    play: sends({ status, parts: [answerStream, done] }),
  })),
];

const redirects: readonly PlayedFault[] = [
  ...[301, 302, 303, 307, 308].map((status) => ({
    name: `redirect-${status}`,
    description: `A redirect (${status}) to another origin, which must not receive the key.`,
    expected: { outcome: 'redirected', text: '', messagePart: otherOrigin } as const,
    play: sends({ status, headers: { location: otherOrigin }, parts: [] }),
  })),
  {
    name: 'redirect-nowhere',
    description: 'A redirect (307) without a target.',
    expected: { outcome: 'redirected', text: '' },
    play: sends({ status: 307, headers: {}, parts: [] }),
  },
  {
    name: 'redirect-loop',
    description: 'A redirect (307) to the same path each time.',
    expected: { outcome: 'redirected', text: '' },
    play: (to) => sends({ status: 307, headers: { location: to.request.url ?? '' }, parts: [] })(to),
  },
];

const types = [
  ['missing-type', undefined],
  ['plain-type', 'text/plain'],
  ['octet-type', 'application/octet-stream'],
  ['json-type', 'application/json'],
  ['unusual-type', 'Text/Event-Stream;charset=UTF-8'],
] as const;

export const httpFaults = (format: AnswerFormat): readonly PlayedFault[] => [
  ...unusual(format),
  ...redirects,
  ...types.map(([name, type]) => ({
    name,
    description: `An event stream ${type === undefined ? 'without a content type' : `with the content type ${type}`}.`,
    expected: { outcome: 'complete', text: answerText } as const,
    play: sends({
      headers: type === undefined ? {} : { ...events, 'content-type': type },
      parts: [format.answerStream, format.done],
    }),
  })),
];
