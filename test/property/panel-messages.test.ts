import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkFromWebview, fromWebview } from '../../src/protocol/from-webview';
import { recordFigure, runs } from '../support/promises';
import { isExactly, longest, valuesOf, type Schema } from '../support/schema';

const schema = fromWebview as unknown as Schema;

const tooLong = 'x'.repeat(longest + 1);
const names = [
  'type',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'command',
];
const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, undefined, NaN, Infinity, -1, -0, 0.5, 2 ** 53, 1e308, '', '0', 'true', true, false, tooLong],
    ...[[], {}, ['ready'], { type: 'ready' }, new String('ready'), new Date(0), new Map(), Symbol('s'), 1n],
    ...[
      'runCommand',
      'READY',
      'ready ',
      'ready\0',
      '__proto__',
      'constructor',
      'toString',
      'valueOf',
      'eval',
    ],
    () => 'ready',
  ),
  { weight: 1, arbitrary: fc.anything({ maxDepth: 2, withNullPrototype: true, withSparseArray: true }) },
);

/** What is done to a message that would be one. */
const damage = fc.record({
  how: fc.constantFrom(
    'nothing',
    'without',
    'changed',
    'more',
    'wrapped',
    'inherited',
    'list',
    'json',
    'without prototype',
  ),
  at: fc.nat({ max: 9 }),
  name: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, fc.string({ maxLength: 5 })),
  value: values,
});

function damaged(
  message: Record<string, unknown>,
  by: { how: string; at: number; name: string; value: unknown },
): unknown {
  const keys = Object.keys(message);
  const key = keys[by.at % keys.length] ?? 'type';
  const entries = Object.entries(message);
  switch (by.how) {
    case 'without':
      return Object.fromEntries(entries.filter(([name]) => name !== key));
    case 'changed':
      return { ...message, [key]: by.value };
    case 'more':
      return Object.defineProperty({ ...message }, by.name, { value: by.value, enumerable: true });
    case 'wrapped':
      return { [by.name]: message, message, data: message };
    case 'inherited':
      return Object.create(message);
    case 'list':
      return [message, by.value];
    case 'json':
      return JSON.stringify(message, (_, value: unknown) => (typeof value === 'bigint' ? 0 : value));
    case 'without prototype':
      return Object.assign(Object.create(null) as object, message);
    default:
      return message;
  }
}

/** Whether all that there is of one value is in the other too. */
function isWithin(part: unknown, whole: unknown): boolean {
  if (typeof part !== 'object' || part === null) return Object.is(part, whole);
  return Object.entries(part).every(([key, value]) =>
    isWithin(value, (whole as Readonly<Record<string, unknown>>)[key]),
  );
}

describe('S9 A message from the webview', function () {
  this.timeout(60_000);

  it('acts only as one of those that there are, of many that look like it', () => {
    const numRuns = runs(30_000, 100_000);
    const real = valuesOf(schema) as fc.Arbitrary<Record<string, unknown>>;
    const counts = { taken: 0, dropped: 0 };
    const almost = fc.oneof(
      { weight: 8, arbitrary: fc.tuple(real, damage).map(([message, how]) => damaged(message, how)) },
      {
        weight: 2,
        arbitrary: fc.tuple(real, damage, damage).map(([message, one, two]) => {
          const once = damaged(message, one);
          return typeof once === 'object' && once !== null
            ? damaged(once as Record<string, unknown>, two)
            : once;
        }),
      },
      { weight: 1, arbitrary: values },
    );
    fc.assert(
      fc.property(almost, (message) => {
        const checked = checkFromWebview(message);
        counts[checked ? 'taken' : 'dropped']++;
        if (checked === undefined) {
          assert.ok(!isExactly(schema, message), 'dropped, though it is one');
          return;
        }
        assert.ok(isExactly(schema, checked), 'taken, though it is none');
        assert.ok(isWithin(checked, message), 'something was made up');
      }),
      { numRuns, endOnFailure: true },
    );
    assert.ok(counts.taken > numRuns / 10, `${counts.taken} taken`);
    assert.ok(counts.dropped > numRuns / 10, `${counts.dropped} dropped`);
    recordFigure(
      'S9',
      `${numRuns.toLocaleString('en')} messages, none taken that is not exactly one of the protocol`,
    );
    assert.equal(Object.getOwnPropertyNames(Object.prototype).includes('type'), false);
  });

  it('is one of those that are known here', () => {
    const types = (schema.options as readonly Schema[]).flatMap(({ entries }) => {
      const type = entries?.['type'];
      return type?.type === 'picklist' ? (type.options as readonly string[]) : [String(type?.literal)];
    });
    assert.equal(new Set(types).size, types.length);
    // A message that would let the panel name a command, a file or an address of the host's has to be thought about.
    // The first has code, for a document that has no name yet. The others name files of an answer, which the host
    // opens only where their real path is in the workspace.
    const thoughtAbout = ['openInNewFile', 'findFiles', 'openFile'];
    for (const type of types.filter((each) => !thoughtAbout.includes(each)))
      assert.doesNotMatch(type, /command|exec|eval|file|path|require|fetch|request/i);
  });
});
