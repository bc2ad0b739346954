import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  createEventReader,
  type ServerSentEvent,
} from '../../../../../src/core/api/streams/server-sent-events';

interface Case {
  /** The name of the web platform test, without its prefix: `eventsource/format-NAME`. */
  readonly name: string;
  readonly stream: string | Uint8Array;
  /** The data of each event. */
  readonly events: readonly string[];
  /** Data of a last event without a blank line. A browser drops it; here it may be the end of an answer. */
  readonly tail?: string;
  readonly error?: string;
}

const bom = '\ufeff';

const cases: readonly Case[] = [
  {
    name: 'bom: one mark is removed',
    stream: `${bom}data:1\n\n\ndata:2\n\ndata:3\n\n`,
    events: ['1', '2', '3'],
  },
  {
    name: 'bom: a later mark makes its field unknown',
    stream: `${bom}data:1\n\n${bom}data:2\n\ndata:3\n\n`,
    events: ['1', '3'],
  },
  {
    name: 'bom-2: the second of two marks is part of the first field',
    stream: `${bom}${bom}data:1\n\ndata:2\n\n`,
    events: ['2'],
  },
  {
    name: 'comments: lines that begin with a colon are ignored',
    stream: `data:1\r:\0\n:\r\ndata:2\n:${'long'.repeat(2000)}\rdata:3\n:data:fail\r:${'long'.repeat(2000)}\ndata:4\n\n`,
    events: ['1\n2\n3\n4'],
  },
  {
    name: 'data-before-final-empty-line: without a line end',
    stream: 'retry:1000\ndata:test1\n\nid:test\ndata:test2',
    events: ['test1'],
    tail: 'test2',
  },
  {
    name: 'data-before-final-empty-line: with a line end',
    stream: 'data:test1\n\ndata:test2\n',
    events: ['test1'],
    tail: 'test2',
  },
  {
    name: 'field-data: is empty without a colon',
    stream: 'data:\n\ndata\ndata\n\ndata:test\n\n',
    events: ['', '\n', 'test'],
  },
  {
    name: 'field-event: any type is an event',
    stream: 'event:test\ndata:x\n\ndata:x\n\n',
    events: ['x', 'x'],
  },
  { name: 'field-event-empty: an empty type is ignored', stream: 'event: \ndata:data\n\n', events: ['data'] },
  {
    name: 'field-event: a type without data is not an event',
    stream: 'event:test\n\ndata:x\n\n',
    events: ['x'],
  },
  {
    name: 'field-event: the last of two types counts',
    stream: 'event:error\nevent:test\ndata:x\n\n',
    events: ['x'],
  },
  {
    name: 'field-event: the type error is an error',
    stream: 'event: error\ndata: x\n\n',
    events: [],
    error: 'x',
  },
  {
    name: 'field-event: a type applies to one event only',
    stream: 'event: error\n\ndata: x\n\n',
    events: ['x'],
  },
  { name: 'field-id: is ignored', stream: 'id: …\ndata:1\n\ndata:2\n\n', events: ['1', '2'] },
  { name: 'field-id-2', stream: 'id\ndata:1\n\nid:\ndata:2\n\nid:x\n\ndata:3\n\n', events: ['1', '2', '3'] },
  { name: 'field-id-3: an ID without data is not an event', stream: 'id:x\n\nid:y\n\n', events: [] },
  { name: 'field-id-null', stream: 'id:\0x\ndata:1\n\n', events: ['1'] },
  {
    name: 'field-parsing: names must match exactly, and one space before a value is removed',
    stream:
      'data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n',
    events: ['\0\n 2\n1\n3\n\n4'],
  },
  { name: 'field-retry: is ignored', stream: 'retry:03000\ndata:x\n\n', events: ['x'] },
  { name: 'field-retry-bogus', stream: 'retry:3000\nretry:1000x\ndata:x\n\n', events: ['x'] },
  { name: 'field-retry-empty', stream: 'retry\ndata:test\n\n', events: ['test'] },
  {
    name: 'field-unknown: is ignored',
    stream: 'data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n',
    events: ['test\n\ntest'],
  },
  {
    name: 'leading-space: a tab is kept',
    stream: 'data:\ttest\rdata: \ndata:test\n\n',
    events: ['\ttest\n\ntest'],
  },
  {
    name: 'newlines: CR, LF and CRLF each end one line',
    stream: 'data:test\r\ndata\ndata:test\r\n\r\n',
    events: ['test\n\ntest'],
  },
  {
    name: 'newlines: events with carriage returns',
    stream: 'data:1\r\rdata:2\r\rdata:3\n\n',
    events: ['1', '2', '3'],
  },
  {
    name: 'newlines: U+2028, U+0085 and a form feed do not end a line',
    stream: 'data:a\u2028b\u0085c\fd\n\n',
    events: ['a\u2028b\u0085c\fd'],
  },
  { name: 'null-character: is an ordinary character', stream: 'data:\0\n\n\n\n', events: ['\0'] },
  { name: 'utf-8: is the only encoding', stream: 'data:ok…\n\n', events: ['ok…'] },
  {
    name: 'utf-8: invalid bytes become U+FFFD, and the rest is kept',
    stream: Uint8Array.of(...Buffer.from('data:a'), 0xff, 0xc3, ...Buffer.from('b\n\ndata:c\n\n')),
    events: ['a\ufffd\ufffdb', 'c'],
  },
  {
    name: 'utf-8: an incomplete character at the end',
    stream: Uint8Array.of(...Buffer.from('data:a'), 0xc3),
    events: [],
    tail: 'a\ufffd',
  },
  { name: 'an empty stream', stream: '', events: [] },
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
  // The reader reports events of other types as `named`; the web platform tests do not distinguish them.
  return events.map((event) => (event.kind === 'named' ? { kind: 'event', data: event.data } : event));
}

/** The expected events in order. */
function expectedEvents({ events, tail, error }: Case): readonly ServerSentEvent[] {
  return [
    ...events.map((data) => ({ kind: 'event' as const, data })),
    ...(error === undefined ? [] : [{ kind: 'error' as const, data: error }]),
    ...(tail === undefined ? [] : [{ kind: 'tail' as const, data: tail }]),
  ];
}

describe('An event stream is parsed according to the HTML standard:', () => {
  for (const example of cases) {
    it(example.name, () => {
      assert.deepEqual(read([bytesOf(example)]), expectedEvents(example));
    });
  }

  it('each example, one byte at a time', () => {
    for (const example of cases) {
      const bytes = Array.from(bytesOf(example), (byte) => Uint8Array.of(byte));
      assert.deepEqual(read(bytes), expectedEvents(example), example.name);
    }
  });

  it('each example, split at any places', () => {
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.array(fc.nat(), { maxLength: 12 }), (example, positions) => {
        const bytes = bytesOf(example);
        const cuts = [
          0,
          ...positions.map((position) => position % (bytes.length + 1)).sort((a, b) => a - b),
          bytes.length,
        ];
        const chunks = cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
        assert.deepEqual(read(chunks), expectedEvents(example), example.name);
      }),
      { numRuns: 2000 },
    );
  });

  it('any example after another', () => {
    const completeCases = cases.filter(
      ({ stream, tail }) => tail === undefined && typeof stream === 'string' && !stream.startsWith(bom),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...completeCases), { maxLength: 8 }), (parts) => {
        const chunks = parts.map(bytesOf);
        assert.deepEqual(read(chunks), parts.flatMap(expectedEvents));
      }),
    );
  });
});
