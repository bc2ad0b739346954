import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createEventReader, type ServerSentEvent } from '../../../src/core/api/streams/event-stream';

interface Case {
  /** As the tests of the web platform call it: `eventsource/format-NAME`. */
  readonly name: string;
  readonly stream: string | Uint8Array;
  /** The data of each event. */
  readonly events: readonly string[];
  /** Data of a last event without its blank line: a browser drops it; for us it may be the end of an answer. */
  readonly tail?: string;
  readonly error?: string;
}

const bom = '\ufeff';

const cases: readonly Case[] = [
  {
    name: 'bom: one is taken off',
    stream: `${bom}data:1\n\n\ndata:2\n\ndata:3\n\n`,
    events: ['1', '2', '3'],
  },
  {
    name: 'bom: another one later makes its field an unknown one',
    stream: `${bom}data:1\n\n${bom}data:2\n\ndata:3\n\n`,
    events: ['1', '3'],
  },
  {
    name: 'bom-2: the second of two is part of the first field',
    stream: `${bom}${bom}data:1\n\ndata:2\n\n`,
    events: ['2'],
  },
  {
    name: 'comments: lines that begin with a colon mean nothing',
    stream: `data:1\r:\0\n:\r\ndata:2\n:${'long'.repeat(2000)}\rdata:3\n:data:fail\r:${'long'.repeat(2000)}\ndata:4\n\n`,
    events: ['1\n2\n3\n4'],
  },
  {
    name: 'data-before-final-empty-line: a browser drops it',
    stream: 'retry:1000\ndata:test1\n\nid:test\ndata:test2',
    events: ['test1'],
    tail: 'test2',
  },
  {
    name: 'data-before-final-empty-line: with the end of its line',
    stream: 'data:test1\n\ndata:test2\n',
    events: ['test1'],
    tail: 'test2',
  },
  {
    name: 'field-data: without a colon it is empty',
    stream: 'data:\n\ndata\ndata\n\ndata:test\n\n',
    events: ['', '\n', 'test'],
  },
  {
    name: 'field-event: another type is an event too',
    stream: 'event:test\ndata:x\n\ndata:x\n\n',
    events: ['x', 'x'],
  },
  { name: 'field-event-empty: an empty type is none', stream: 'event: \ndata:data\n\n', events: ['data'] },
  { name: 'field-event: a type without data is no event', stream: 'event:test\n\ndata:x\n\n', events: ['x'] },
  {
    name: 'field-event: of the last two the last one holds',
    stream: 'event:error\nevent:test\ndata:x\n\n',
    events: ['x'],
  },
  { name: 'field-event: error is an error', stream: 'event: error\ndata: x\n\n', events: [], error: 'x' },
  { name: 'field-event: a type ends with its event', stream: 'event: error\n\ndata: x\n\n', events: ['x'] },
  { name: 'field-id: does not concern us', stream: 'id: …\ndata:1\n\ndata:2\n\n', events: ['1', '2'] },
  { name: 'field-id-2', stream: 'id\ndata:1\n\nid:\ndata:2\n\nid:x\n\ndata:3\n\n', events: ['1', '2', '3'] },
  { name: 'field-id-3: without data it is no event', stream: 'id:x\n\nid:y\n\n', events: [] },
  { name: 'field-id-null', stream: 'id:\0x\ndata:1\n\n', events: ['1'] },
  {
    name: 'field-parsing: a field has its exact name, and one space before its value goes',
    stream:
      'data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n',
    events: ['\0\n 2\n1\n3\n\n4'],
  },
  { name: 'field-retry: does not concern us', stream: 'retry:03000\ndata:x\n\n', events: ['x'] },
  { name: 'field-retry-bogus', stream: 'retry:3000\nretry:1000x\ndata:x\n\n', events: ['x'] },
  { name: 'field-retry-empty', stream: 'retry\ndata:test\n\n', events: ['test'] },
  {
    name: 'field-unknown: means nothing',
    stream: 'data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n',
    events: ['test\n\ntest'],
  },
  {
    name: 'leading-space: a tab stays',
    stream: 'data:\ttest\rdata: \ndata:test\n\n',
    events: ['\ttest\n\ntest'],
  },
  {
    name: 'newlines: CR, LF and both end a line, and none is counted twice',
    stream: 'data:test\r\ndata\ndata:test\r\n\r\n',
    events: ['test\n\ntest'],
  },
  {
    name: 'newlines: events of carriage returns',
    stream: 'data:1\r\rdata:2\r\rdata:3\n\n',
    events: ['1', '2', '3'],
  },
  {
    name: 'newlines: U+2028, U+0085 and a form feed end none',
    stream: 'data:a\u2028b\u0085c\fd\n\n',
    events: ['a\u2028b\u0085c\fd'],
  },
  { name: 'null-character: it is a character like another', stream: 'data:\0\n\n\n\n', events: ['\0'] },
  { name: 'utf-8: it is never another encoding', stream: 'data:ok…\n\n', events: ['ok…'] },
  {
    name: 'utf-8: what is none becomes U+FFFD, and the rest stays',
    stream: Uint8Array.of(...Buffer.from('data:a'), 0xff, 0xc3, ...Buffer.from('b\n\ndata:c\n\n')),
    events: ['a\ufffd\ufffdb', 'c'],
  },
  {
    name: 'utf-8: half a character at the end',
    stream: Uint8Array.of(...Buffer.from('data:a'), 0xc3),
    events: [],
    tail: 'a\ufffd',
  },
  { name: 'nothing at all', stream: '', events: [] },
  { name: 'blank lines only', stream: '\n\n\r\r\r\n', events: [] },
  { name: 'a byte order mark only', stream: bom, events: [] },
  {
    name: 'many lines of data',
    stream: `${'data:x\n'.repeat(1000)}\n`,
    events: [Array(1000).fill('x').join('\n')],
  },
];

function bytesOf({ stream }: Case): Uint8Array {
  return typeof stream === 'string' ? Buffer.from(stream) : stream;
}

function read(chunks: readonly Uint8Array[]): readonly ServerSentEvent[] {
  const reader = createEventReader(32 * 1024 * 1024);
  const events = [...chunks.flatMap((chunk) => reader.read([chunk])), ...reader.end()];
  // Ours alone tell an event of another name, which the platform hands to other listeners.
  return events.map((event) => (event.kind === 'named' ? { kind: 'event', data: event.data } : event));
}

/** All that comes, in its order. */
function expected({ events, tail, error }: Case): readonly ServerSentEvent[] {
  return [
    ...events.map((data) => ({ kind: 'event' as const, data })),
    ...(error === undefined ? [] : [{ kind: 'error' as const, data: error }]),
    ...(tail === undefined ? [] : [{ kind: 'tail' as const, data: tail }]),
  ];
}

describe('An event stream is parsed as the HTML standard defines:', () => {
  for (const one of cases) {
    it(one.name, () => {
      assert.deepEqual(read([bytesOf(one)]), expected(one));
    });
  }

  it('each example, one byte at a time', () => {
    for (const one of cases) {
      const bytes = Array.from(bytesOf(one), (byte) => Uint8Array.of(byte));
      assert.deepEqual(read(bytes), expected(one), one.name);
    }
  });

  it('each example, split anywhere', () => {
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.array(fc.nat(), { maxLength: 12 }), (one, places) => {
        const bytes = bytesOf(one);
        const cuts = [
          0,
          ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b),
          bytes.length,
        ];
        const chunks = cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
        assert.deepEqual(read(chunks), expected(one), one.name);
      }),
      { numRuns: 2000 },
    );
  });

  it('any example after another', () => {
    const whole = cases.filter(
      ({ stream, tail }) => tail === undefined && typeof stream === 'string' && !stream.startsWith(bom),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...whole), { maxLength: 8 }), (parts) => {
        const chunks = parts.map(bytesOf);
        assert.deepEqual(read(chunks), parts.flatMap(expected));
      }),
    );
  });
});
