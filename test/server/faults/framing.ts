import { write } from '../exchange';
import type { Expected, PlayedFault } from './fault';
import type { AnswerFormat } from './answer-format';
import { bytes, events, sends, answerText } from './stream';

const byteOrderMark = '\ufeff';
const complete: Expected = { outcome: 'complete', text: answerText };

function singleBytes(text: string): readonly Uint8Array[] {
  return Array.from(bytes(text), (byte) => Uint8Array.of(byte));
}

/** Splits between the two characters of each line ending. */
function splitLineEndings(text: string): readonly string[] {
  return text.replaceAll('\n', '\r\n').split(/(?<=\r)(?=\n)/);
}

const packetFaults = ({ completeStream }: AnswerFormat): readonly PlayedFault[] => [
  {
    name: 'single-bytes',
    description: 'Each byte is in a separate packet.',
    expected: complete,
    play: sends({ parts: singleBytes(completeStream) }),
  },
  {
    name: 'single-bytes-untyped',
    description: 'Each byte is in a separate packet, with a byte order mark and without a content type.',
    expected: complete,
    play: sends({ headers: {}, parts: singleBytes(byteOrderMark + completeStream) }),
  },
  {
    name: 'split-crlf',
    description: 'Lines end with CR and LF in separate packets.',
    expected: complete,
    play: sends({ parts: splitLineEndings(completeStream) }),
  },
  {
    name: 'cr-only',
    description: 'Lines end with CR.',
    expected: complete,
    play: sends({ parts: [completeStream.replaceAll('\n', '\r')] }),
  },
  {
    name: 'bom',
    description: 'A byte order mark at the beginning.',
    expected: complete,
    play: sends({ parts: [byteOrderMark + completeStream] }),
  },
  {
    name: 'two-boms',
    description: 'Two byte order marks at the beginning, which may cost the first event, which has no text.',
    expected: complete,
    play: sends({ parts: [byteOrderMark + byteOrderMark + completeStream] }),
  },
];

const endFaults = ({
  soFar,
  answerStream,
  textEvent,
  halfLetter,
  completeStream,
}: AnswerFormat): readonly PlayedFault[] => [
  {
    name: 'half-letter-at-end',
    description: 'The stream ends within a UTF-8 sequence, although the connection is closed normally.',
    expected: { outcome: 'truncated', text: 'So far' },
    play: sends({ parts: [soFar, halfLetter] }),
  },
  {
    name: 'no-done',
    description: 'The stream ends after a finish_reason, without [DONE].',
    expected: complete,
    play: sends({ parts: [answerStream] }),
  },
  {
    name: 'no-done-no-finish',
    description: 'The stream ends with neither a finish_reason nor [DONE].',
    expected: { outcome: 'truncated', text: 'So far' },
    play: sends({ parts: [soFar] }),
  },
  {
    name: 'no-blank-line',
    description: 'The stream ends with [DONE] without a blank line.',
    expected: complete,
    play: sends({ parts: [`${answerStream}data: [DONE]`] }),
  },
  {
    name: 'event-after-done',
    description: 'The stream continues after [DONE].',
    expected: complete,
    play: sends({ parts: [completeStream + textEvent('lost'), 'and no event'] }),
  },
  {
    name: 'unusual-done',
    description: 'An end event without a space before [DONE], but with spaces after it.',
    expected: complete,
    play: sends({ parts: [`${answerStream}data:[DONE]  \n\n`], end: 'hang' }),
  },
];

const lineFaults = ({
  soFar,
  finish,
  done,
  textEvent,
  completeStream,
}: AnswerFormat): readonly PlayedFault[] => [
  {
    name: 'keep-alives',
    description: 'Comments, empty events and blank lines between the events.',
    expected: complete,
    play: sends({
      parts: [
        `\n\n: hello\n\n${completeStream.replaceAll('\n\n', '\n\n: keep-alive\n\ndata:\n\ndata: \n\n\n:\n')}`,
      ],
    }),
  },
  {
    name: 'other-fields',
    description: 'Event IDs, event names, retry times and unknown fields next to the data.',
    expected: complete,
    play: sends({
      parts: [completeStream.replaceAll('data: ', 'id: 7\nretry: 100\nevent: message\nmood: good\ndata:')],
    }),
  },
  {
    name: 'data-in-lines',
    description: 'The JSON of an event on several data lines.',
    expected: complete,
    play: sends({ parts: [completeStream.replace(/"(?:choices|type)":/g, '\ndata: $&')] }),
  },
  {
    name: 'line-separators',
    description: 'U+2028, U+2029 and U+0085 within the text, which are not line endings of a stream.',
    expected: { outcome: 'complete', text: 'one\u2028two\u2029three\u0085four' },
    play: sends({ parts: [textEvent('one\u2028two\u2029three\u0085four'), finish, done] }),
  },
  {
    name: 'huge-event',
    description: 'A text of 1 MB in one event.',
    expected: { outcome: 'complete', text: 'täglich '.repeat(131_072) },
    play: sends({ parts: [textEvent('täglich '.repeat(131_072)), finish, done] }),
  },
  {
    name: 'endless-line',
    description: 'A line of 40 MB.',
    expected: { outcome: 'answer-too-large', text: 'So far' },
    play: async (to) => {
      to.response.writeHead(200, events);
      await write(to, `${soFar}data: `);
      for (let megabyte = 0; megabyte < 40; megabyte++) await write(to, 'x'.repeat(1_048_576));
      to.response.end(`\n\n${finish}${done}`);
    },
  },
];

export const framingFaults = (format: AnswerFormat): readonly PlayedFault[] => [
  ...packetFaults(format),
  ...endFaults(format),
  ...lineFaults(format),
];
