import { flush } from '../exchange';
import type { PlayedFault } from './fault';
import type { AnswerFormat } from './answer-format';
import { bytes, events, sends, sendsRaw, answerText } from './stream';

const partialText = 'So far';
const streamHead = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';

/** Connections that break. */
const broken = ({ soFar, halfLetter }: AnswerFormat): readonly PlayedFault[] => [
  {
    name: 'reset-before-headers',
    description: 'The connection is reset before the headers.',
    expected: { outcome: 'network', text: '', retried: true, messagePart: 'ECONNRESET' },
    play: ({ response }) => void response.socket?.resetAndDestroy(),
  },
  {
    name: 'closed-before-headers',
    description: 'The connection is closed normally before the headers.',
    expected: { outcome: 'network', text: '', retried: true, messagePart: 'ECONNRESET' },
    play: sendsRaw(),
  },
  {
    name: 'closed-within-headers',
    description: 'The connection is closed within a header.',
    expected: { outcome: 'network', text: '', retried: true },
    play: sendsRaw(`${streamHead}x-request-`),
  },
  {
    name: 'cut-after-headers',
    description: 'The connection breaks after the headers, before the first byte of the body.',
    expected: { outcome: 'network', text: '', messagePart: 'ECONNRESET' },
    play: sends({ parts: [], end: 'destroy' }),
  },
  {
    name: 'cut-in-text',
    description: 'The connection breaks between two events.',
    expected: { outcome: 'network', text: partialText, messagePart: 'ECONNRESET' },
    play: sends({ parts: [soFar], end: 'destroy' }),
  },
  {
    name: 'reset-in-text',
    description: 'The connection is reset between two events.',
    expected: { outcome: 'network', text: partialText, messagePart: 'ECONNRESET' },
    play: async (to) => {
      to.response.writeHead(200, events);
      await flush(to, soFar);
      to.response.socket?.resetAndDestroy();
    },
  },
  {
    name: 'cut-in-letter',
    description: 'The connection breaks within a UTF-8 sequence.',
    expected: { outcome: 'network', text: partialText },
    play: sends({ parts: [soFar, halfLetter], end: 'destroy' }),
  },
  {
    name: 'cut-before-length',
    description: 'The connection is closed before content-length is reached.',
    expected: { outcome: 'network', text: partialText },
    play: sendsRaw(`${streamHead}content-length: 100000\r\n\r\n${soFar}`),
  },
  {
    name: 'cut-in-chunk',
    description: 'The connection is closed within an HTTP chunk.',
    expected: { outcome: 'network', text: partialText },
    play: sendsRaw(
      `${streamHead}transfer-encoding: chunked\r\n\r\n${soFar.length.toString(16)}\r\n${soFar}\r\n`,
      '40\r\ndata: {"cho',
    ),
  },
  {
    name: 'invalid-chunk-size',
    description: 'The size of an HTTP chunk is not a number.',
    expected: { outcome: 'network', text: partialText },
    play: sendsRaw(
      `${streamHead}transfer-encoding: chunked\r\n\r\n${soFar.length.toString(16)}\r\n${soFar}\r\n`,
      'zz\r\nnot HTTP\r\n',
    ),
  },
];

const stalled = ({ soFar, answerStream, done, halfLetter }: AnswerFormat): readonly PlayedFault[] => [
  {
    name: 'stall-before-headers',
    description: 'No response, while the connection stays open.',
    expected: { outcome: 'timeout', text: '', phase: 'first-byte' },
    play: () => undefined,
  },
  {
    name: 'stall-after-headers',
    description: 'Nothing after the headers.',
    expected: { outcome: 'timeout', text: '', phase: 'first-byte' },
    play: sends({ parts: [], end: 'hang' }),
  },
  {
    name: 'stall-after-keep-alives',
    description: 'Nothing after comments and an empty event.',
    expected: { outcome: 'timeout', text: '', phase: 'first-byte' },
    play: sends({ parts: [': keep-alive\n\n', 'data:\n\n'], end: 'hang' }),
  },
  {
    name: 'stall-in-text',
    description: 'Nothing after the first text.',
    expected: { outcome: 'timeout', text: partialText, phase: 'idle' },
    play: sends({ parts: [soFar], end: 'hang' }),
  },
  {
    name: 'stall-in-letter',
    description: 'Nothing after half a UTF-8 sequence.',
    expected: { outcome: 'timeout', text: partialText, phase: 'idle' },
    play: sends({ parts: [Buffer.concat([bytes(soFar), halfLetter])], end: 'hang' }),
  },
  {
    name: 'open-after-done',
    description: 'The connection stays open after [DONE].',
    expected: { outcome: 'complete', text: answerText },
    play: sends({ parts: [answerStream, done], end: 'hang' }),
  },
];

export const connectionFaults = (format: AnswerFormat): readonly PlayedFault[] => [
  ...broken(format),
  ...stalled(format),
];
