import { flush } from '../exchange';
import type { PlayedFault } from './fault';
import { bytes, chunk, data, done, events, sends, sendsRaw, soFar, answerText, answerStream } from './stream';

const partialText = 'So far';
const cafe = bytes(data(chunk('café')));
/** Ends within the two bytes of the last letter. */
export const halfLetter = cafe.subarray(0, cafe.indexOf(0xc3) + 1);

const streamHead = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';

/** Connections that break or stay silent. */
const broken: readonly PlayedFault[] = [
  {
    name: 'reset-before-headers',
    description: 'The connection is reset instead of an answer.',
    expected: { outcome: 'network', text: '', retried: true, messagePart: 'ECONNRESET' },
    play: ({ response }) => void response.socket?.resetAndDestroy(),
  },
  {
    name: 'closed-before-headers',
    description: 'The connection is closed, in good order, instead of an answer.',
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
    description: 'The connection breaks after the headers, before the first byte of the answer.',
    expected: { outcome: 'network', text: '', messagePart: 'ECONNRESET' },
    play: sends({ parts: [], end: 'cut' }),
  },
  {
    name: 'cut-in-text',
    description: 'The connection breaks between two events.',
    expected: { outcome: 'network', text: partialText, messagePart: 'ECONNRESET' },
    play: sends({ parts: [soFar], end: 'cut' }),
  },
  {
    name: 'reset-in-text',
    description: 'The connection is reset, rather than closed, between two events.',
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
    play: sends({ parts: [soFar, halfLetter], end: 'cut' }),
  },
  {
    name: 'cut-before-length',
    description: 'The connection is closed before as many bytes came as content-length says.',
    expected: { outcome: 'network', text: partialText },
    play: sendsRaw(`${streamHead}content-length: 100000\r\n\r\n${soFar}`),
  },
  {
    name: 'cut-in-chunk',
    description: 'The connection is closed within a chunk of the transfer encoding.',
    expected: { outcome: 'network', text: partialText },
    play: sendsRaw(
      `${streamHead}transfer-encoding: chunked\r\n\r\n${soFar.length.toString(16)}\r\n${soFar}\r\n`,
      '40\r\ndata: {"cho',
    ),
  },
  {
    name: 'wrong-chunk',
    description: 'The size of a chunk of the transfer encoding is no number.',
    expected: { outcome: 'network', text: partialText },
    play: sendsRaw(
      `${streamHead}transfer-encoding: chunked\r\n\r\n${soFar.length.toString(16)}\r\n${soFar}\r\n`,
      'zz\r\nnot HTTP\r\n',
    ),
  },
];

const silent: readonly PlayedFault[] = [
  {
    name: 'stall-before-headers',
    description: 'Nothing comes, and the connection stays.',
    expected: { outcome: 'timeout', text: '', phase: 'first-byte' },
    play: () => undefined,
  },
  {
    name: 'stall-after-headers',
    description: 'Nothing comes after the headers.',
    expected: { outcome: 'timeout', text: '', phase: 'first-byte' },
    play: sends({ parts: [], end: 'hang' }),
  },
  {
    name: 'stall-after-keep-alives',
    description: 'Comments and an empty event, and nothing after them.',
    expected: { outcome: 'timeout', text: '', phase: 'first-byte' },
    play: sends({ parts: [': keep-alive\n\n', 'data:\n\n'], end: 'hang' }),
  },
  {
    name: 'stall-in-text',
    description: 'Nothing comes after the first words.',
    expected: { outcome: 'timeout', text: partialText, phase: 'idle' },
    play: sends({ parts: [soFar], end: 'hang' }),
  },
  {
    name: 'stall-in-letter',
    description: 'Nothing comes after half a UTF-8 sequence.',
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

export const connectionFaults: readonly PlayedFault[] = [...broken, ...silent];
