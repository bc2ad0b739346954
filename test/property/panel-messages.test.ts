import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkFromWebview, fromWebview } from '../../src/protocol/from-webview';
import { recordFigure, runs } from '../support/promises';
import { isExactly, MAX_TEXT_LENGTH, valuesOf, type Schema } from '../support/schema';

const schema = fromWebview as unknown as Schema;

const tooLongText = 'x'.repeat(MAX_TEXT_LENGTH + 1);
const propertyNames = [
  'type',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'command',
];
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    NaN,
    Infinity,
    -1,
    -0,
    0.5,
    2 ** 53,
    1e308,
    '',
    '0',
    'true',
    true,
    false,
    tooLongText,
    [],
    {},
    ['ready'],
    { type: 'ready' },
    new String('ready'),
    new Date(0),
    new Map(),
    Symbol('s'),
    1n,
    'runCommand',
    'READY',
    'ready ',
    'ready\0',
    '__proto__',
    'constructor',
    'toString',
    'valueOf',
    'eval',
    () => 'ready',
  ),
  { weight: 1, arbitrary: fc.anything({ maxDepth: 2, withNullPrototype: true, withSparseArray: true }) },
);

/** A way to damage a valid message. */
const anyDamage = fc.record({
  kind: fc.constantFrom(
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
  name: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...propertyNames) }, fc.string({ maxLength: 5 })),
  value: anyValue,
});

type Damage = typeof anyDamage extends fc.Arbitrary<infer T> ? T : never;

function damaged(
  message: Record<string, unknown>,
  { kind, at, name: propertyName, value: newValue }: Damage,
): unknown {
  const keys = Object.keys(message);
  const key = keys[at % keys.length] ?? 'type';
  const entries = Object.entries(message);
  switch (kind) {
    case 'without':
      return Object.fromEntries(entries.filter(([name]) => name !== key));
    case 'changed':
      return { ...message, [key]: newValue };
    case 'more':
      return Object.defineProperty({ ...message }, propertyName, { value: newValue, enumerable: true });
    case 'wrapped':
      return { [propertyName]: message, message, data: message };
    case 'inherited':
      return Object.create(message);
    case 'list':
      return [message, newValue];
    case 'json':
      return JSON.stringify(message, (_, value: unknown) => (typeof value === 'bigint' ? 0 : value));
    case 'without prototype':
      return Object.assign(Object.create(null) as object, message);
    default:
      return message;
  }
}

/** True if every property of the first value has the same value in the second one. */
function isWithin(part: unknown, whole: unknown): boolean {
  if (typeof part !== 'object' || part === null) return Object.is(part, whole);
  return Object.entries(part).every(([key, value]) =>
    isWithin(value, (whole as Readonly<Record<string, unknown>>)[key]),
  );
}

describe('S9 A message from the webview', function () {
  this.timeout(60_000);

  it('is accepted only if it is exactly a message of the protocol', () => {
    const numRuns = runs(30_000, 100_000);
    const anyValidMessage = valuesOf(schema) as fc.Arbitrary<Record<string, unknown>>;
    const counts = { accepted: 0, dropped: 0 };
    const anyAlmostValidMessage = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.tuple(anyValidMessage, anyDamage).map(([message, damage]) => damaged(message, damage)),
      },
      {
        weight: 2,
        arbitrary: fc.tuple(anyValidMessage, anyDamage, anyDamage).map(([message, first, second]) => {
          const once = damaged(message, first);
          return typeof once === 'object' && once !== null
            ? damaged(once as Record<string, unknown>, second)
            : once;
        }),
      },
      { weight: 1, arbitrary: anyValue },
    );
    fc.assert(
      fc.property(anyAlmostValidMessage, (message) => {
        const checked = checkFromWebview(message);
        counts[checked ? 'accepted' : 'dropped']++;
        if (checked === undefined) {
          assert.ok(!isExactly(schema, message), 'a valid message was dropped');
          return;
        }
        assert.ok(isExactly(schema, checked), 'an invalid message was accepted');
        assert.ok(isWithin(checked, message), 'a property was added');
      }),
      { numRuns, endOnFailure: true },
    );
    assert.ok(counts.accepted > numRuns / 10, `${counts.accepted} accepted`);
    assert.ok(counts.dropped > numRuns / 10, `${counts.dropped} dropped`);
    recordFigure(
      'S9',
      `${numRuns.toLocaleString('en')} messages, of which only exact messages of the protocol were accepted`,
    );
    assert.equal(Object.getOwnPropertyNames(Object.prototype).includes('type'), false);
  });

  it('cannot name a command, a file or an address, apart from reviewed exceptions', () => {
    const types = (schema.options as readonly Schema[]).flatMap(({ entries }) => {
      const type = entries?.['type'];
      return type?.type === 'picklist' ? (type.options as readonly string[]) : [String(type?.literal)];
    });
    assert.equal(new Set(types).size, types.length);
    // A message with which the panel could name a command, a file or an address of the host needs a review.
    // The first contains code for an untitled document. The second has the ID of a file that the host has offered. The
    // others name files from an answer, which the host opens only if their real path is in the workspace.
    const reviewedTypes = ['openInNewFile', 'attachCurrentFile', 'findFiles', 'openFile'];
    for (const type of types.filter((name) => !reviewedTypes.includes(name)))
      assert.doesNotMatch(type, /command|exec|eval|file|path|require|fetch|request/i);
  });
});
