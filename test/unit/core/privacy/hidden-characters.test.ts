import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  characterName,
  codePointLabel,
  type HiddenCharacter,
} from '../../../../src/core/privacy/hidden-character-names';
import {
  findHiddenCharacters,
  inspectForHiddenCharacters,
} from '../../../../src/core/privacy/find-hidden-characters';
import { recordFigure, runs } from '../../../support/promises';
import { hostileSamples } from './hostile-code';
import { realCode } from './real-code';

const charactersIn = (text: string): ReadonlySet<string> =>
  new Set(findHiddenCharacters(text).map(({ codePoint }) => String.fromCodePoint(codePoint)));
const labels = (found: readonly HiddenCharacter[]): readonly string[] =>
  found.map((each) => `${codePointLabel(each.codePoint)} ${characterName(each)} at ${each.index}`);

/** Pieces of code in which anything can come together. */
const piece = fc.oneof(
  fc.constantFrom(...Object.values(realCode)),
  fc.constantFrom(...hostileSamples.map(({ code }) => code)),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\u200d',
    '\u200c',
    '\ufe0f',
    '\u{e0100}',
    '\u{1f3f4}',
    '\u{e0067}',
    '\ud83d',
    '\n',
    'а',
    'a',
    '_',
  ),
);
const code = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

describe('S6 Hidden characters in code are found', () => {
  for (const language of new Set(hostileSamples.map((each) => each.language))) {
    it(`in each attack in ${language}`, () => {
      for (const { attack, code, hidden } of hostileSamples.filter((each) => each.language === language)) {
        const found = charactersIn(code);
        const missed = hidden.filter((character) => !found.has(character));
        assert.deepEqual(
          missed.map((each) => codePointLabel(each.codePointAt(0) ?? 0)),
          [],
          attack,
        );
      }
    });
  }

  it('and nothing else of such code is', () => {
    for (const { attack, language, code, hidden } of hostileSamples) {
      const wrong = [...charactersIn(code)].filter((character) => !hidden.includes(character));
      assert.deepEqual(wrong, [], `${attack} in ${language}`);
    }
  });

  for (const [name, text] of Object.entries(realCode)) {
    it(`never in ${name}, where real text needs them`, () => {
      assert.deepEqual(labels(findHiddenCharacters(text)), []);
    });
  }

  it('wherever they stand among ASCII, whatever surrounds them', () => {
    const always = fc.constantFrom(
      ...Array.from(
        '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\u00ad\u2028\u2029\u3164\u115f\u1160\uffa0\ufff9\ue000\u{e0001}\u{e0041}\u{e0100}\ufe00\0\u001b\u007f\u180e\u034f',
      ),
    );
    const ascii = fc.string({ unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(ascii, always, ascii, (before, character, after) => {
        assert.deepEqual(
          findHiddenCharacters(before + character + after).map(({ index }) => index),
          [before.length],
        );
      }),
      { numRuns: runs(2000, 20_000) },
    );
  });

  it('never in plain ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        assert.deepEqual(findHiddenCharacters(text), []);
      }),
    );
  });

  it('each once, in order, and where they are said to be', () => {
    fc.assert(
      fc.property(code, (text) => {
        let end = 0;
        for (const { index, length, codePoint } of findHiddenCharacters(text)) {
          assert.ok(index >= end);
          assert.equal(text.slice(index, index + length), String.fromCodePoint(codePoint));
          end = index + length;
        }
      }),
      { numRuns: runs(1000, 10_000) },
    );
  });

  it('in a time that grows with the length of the code alone', () => {
    const hostile = [
      '\u200f1 ',
      '\u3000',
      '\u2800',
      'a\u0301\u200d',
      '\u{1f3f4}\u{e0067}',
      'а ',
      'сору ',
      '"\u00a0',
      '\ufe0f\u200d',
      '\ud83d',
    ];
    for (const unit of hostile) {
      const text = unit.repeat(Math.ceil(100_000 / unit.length));
      // A time that grows with the square of the length takes longer than a test may.
      assert.ok(findHiddenCharacters(text).length <= text.length, JSON.stringify(unit));
    }
  });

  it('by names that say what they are', () => {
    const names = (text: string): readonly string[] => findHiddenCharacters(text).map(characterName);
    assert.deepEqual(names('a\u202eb\u200bc\u{e0041}\u{e0101}\ufe00'), [
      'Right-to-Left Override',
      'Zero Width Space',
      'Tag "A"',
      'Variation Selector-18',
      'Variation Selector-1',
    ]);
    assert.deepEqual(names('s\u0430y \u0001\ue000\ud800\ufdd0'), [
      'Cyrillic Letter',
      'Control Character',
      'Private Use Character',
      'Lone Surrogate',
      'Noncharacter',
    ]);
  });

  after(() => {
    const languages = new Set(hostileSamples.map(({ language }) => language)).size;
    recordFigure(
      'S6',
      `${hostileSamples.length} hostile samples in ${languages} languages all found, ${Object.keys(realCode).length} clean ones without an alarm`,
    );
  });
});

describe('S6 Code without its hidden characters', () => {
  const without = async (text: string): Promise<string | undefined> =>
    (await inspectForHiddenCharacters(text, () => Promise.resolve())).cleaned;

  it('is what it looked like', async () => {
    assert.equal(await without('a\u202eb\u200bc'), 'abc');
    assert.equal(await without('if\u00a0x\u3000y\u2028z'), 'if x y z');
    assert.equal(await without('s\u0430y\u041dello(\uff45val)'), 'sayHello(eval)');
    assert.equal(await without('environment\u01c3=1'), 'environment!=1');
  });

  it('hides nothing, and where it cannot be had there is none', async () => {
    await fc.assert(
      fc.asyncProperty(code, async (text) => {
        const clean = await without(text);
        assert.deepEqual(clean === undefined ? [] : findHiddenCharacters(clean), []);
      }),
      { numRuns: runs(1000, 10_000) },
    );
    // No letter looks like this one.
    assert.equal(await without('pass\u13a3word'), undefined);
  });

  it('keeps every other character', async () => {
    const ascii = fc.string({ unit: 'grapheme-ascii' });
    await fc.assert(
      fc.asyncProperty(ascii, ascii, async (before, after) => {
        assert.equal(await without(`${before}\u202e${after}\u200b`), before + after);
      }),
    );
    for (const text of Object.values(realCode)) assert.equal(await without(text), text);
  });

  it('is found in parts as it is in one', async () => {
    const long = Object.values(realCode).join('') + hostileSamples.map((sample) => sample.code).join('\n');
    let pauses = 0;
    const { hidden } = await inspectForHiddenCharacters(long.repeat(3), () => {
      pauses++;
      return Promise.resolve();
    });
    assert.deepEqual(hidden, findHiddenCharacters(long.repeat(3)));
    assert.ok(pauses > 0);
  });
});
