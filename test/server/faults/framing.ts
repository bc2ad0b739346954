import { write } from '../exchange';
import { halfLetter } from './connection';
import type { Expected, PlayedFault } from './fault';
import { bytes, chunk, data, done, events, finish, sends, soFar, answerText, answerStream } from './stream';

const mark = '\ufeff';
const whole = answerStream + done;
const complete: Expected = { outcome: 'complete', text: answerText };

function singly(text: string): readonly Uint8Array[] {
  return Array.from(bytes(text), (byte) => Uint8Array.of(byte));
}

/** Cut between the two characters of each line's end. */
function cutInLineEnds(text: string): readonly string[] {
  return text.replaceAll('\n', '\r\n').split(/(?<=\r)(?=\n)/);
}

const cuts: readonly PlayedFault[] = [
  {
    name: 'single-bytes',
    description: 'Each byte comes in a packet of its own.',
    expected: complete,
    play: sends({ parts: singly(whole) }),
  },
  {
    name: 'single-bytes-untyped',
    description: 'Each byte comes alone, a byte order mark first, and no content type helps.',
    expected: complete,
    play: sends({ headers: {}, parts: singly(mark + whole) }),
  },
  {
    name: 'split-crlf',
    description: 'Lines end with CR and LF, which come in different packets.',
    expected: complete,
    play: sends({ parts: cutInLineEnds(whole) }),
  },
  {
    name: 'cr-only',
    description: 'Lines end with CR alone.',
    expected: complete,
    play: sends({ parts: [whole.replaceAll('\n', '\r')] }),
  },
  {
    name: 'bom',
    description: 'A byte order mark at the beginning.',
    expected: complete,
    play: sends({ parts: [mark + whole] }),
  },
  {
    name: 'two-boms',
    description: 'Two byte order marks at the beginning; the first event may be lost, and holds no word.',
    expected: complete,
    play: sends({ parts: [mark + mark + whole] }),
  },
];

const ends: readonly PlayedFault[] = [
  {
    name: 'half-letter-at-end',
    description: 'The stream ends, in good order, within a UTF-8 sequence.',
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
    description: 'The last of the stream is [DONE], without its blank line.',
    expected: complete,
    play: sends({ parts: [`${answerStream}data: [DONE]`] }),
  },
  {
    name: 'words-after-done',
    description: 'An event comes after [DONE].',
    expected: complete,
    play: sends({ parts: [whole + data(chunk('lost')), 'and no event'] }),
  },
  {
    name: 'odd-done',
    description: 'The end, [DONE], has no space before it and some after.',
    expected: complete,
    play: sends({ parts: [`${answerStream}data:[DONE]  \n\n`], end: 'hang' }),
  },
];

const lines: readonly PlayedFault[] = [
  {
    name: 'keep-alives',
    description: 'Comments, empty events and blank lines between the events.',
    expected: complete,
    play: sends({
      parts: [`\n\n: hello\n\n${whole.replaceAll('\n\n', '\n\n: keep-alive\n\ndata:\n\ndata: \n\n\n:\n')}`],
    }),
  },
  {
    name: 'other-fields',
    description: 'Ids, names of events, waiting times and unknown fields beside the data.',
    expected: complete,
    play: sends({
      parts: [whole.replaceAll('data: ', 'id: 7\nretry: 100\nevent: message\nmood: good\ndata:')],
    }),
  },
  {
    name: 'data-in-lines',
    description: 'The JSON of an event over several lines of data.',
    expected: complete,
    play: sends({ parts: [whole.replaceAll('"choices"', '\ndata: "choices"')] }),
  },
  {
    name: 'line-separators',
    description: 'U+2028, U+2029 and U+0085, which end no line, within the text.',
    expected: { outcome: 'complete', text: 'one\u2028two\u2029three\u0085four' },
    play: sends({ parts: [data(chunk('one\u2028two\u2029three\u0085four')), finish, done] }),
  },
  {
    name: 'huge-event',
    description: 'A megabyte of text in one event.',
    expected: { outcome: 'complete', text: 'täglich '.repeat(131_072) },
    play: sends({ parts: [data(chunk('täglich '.repeat(131_072))), finish, done] }),
  },
  {
    name: 'endless-line',
    description: 'A line that goes on for 40 MB.',
    expected: { outcome: 'answer-too-large', text: 'So far' },
    play: async (to) => {
      to.response.writeHead(200, events);
      await write(to, `${soFar}data: `);
      for (let megabyte = 0; megabyte < 40; megabyte++) await write(to, 'x'.repeat(1_048_576));
      to.response.end(`\n\n${finish}${done}`);
    },
  },
];

export const framingFaults: readonly PlayedFault[] = [...cuts, ...ends, ...lines];
