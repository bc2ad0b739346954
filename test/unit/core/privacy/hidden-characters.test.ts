import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  characterName,
  codePointLabel,
  type HiddenCharacter,
} from '../../../../src/core/privacy/hidden-characters/hidden-character-names';
import {
  findHiddenCharacters,
  inspectForHiddenCharacters,
} from '../../../../src/core/privacy/hidden-characters/find-hidden-characters';
import { recordFigure, runs } from '../../../support/promises';
import { hostileSamples } from './hostile-code';
import { realCode } from './real-code';

const charactersIn = (text: string): ReadonlySet<string> =>
  new Set(findHiddenCharacters(text).map(({ codePoint }) => String.fromCodePoint(codePoint)));
const labels = (found: readonly HiddenCharacter[]): readonly string[] =>
  found.map(
    (character) => `${codePointLabel(character.codePoint)} ${characterName(character)} at ${character.index}`,
  );

/** A part of a random text that mixes real code, hostile code and single characters. */
const anyPiece = fc.oneof(
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
const anyCode = fc.array(anyPiece, { maxLength: 8 }).map((pieces) => pieces.join(''));

describe('S6 Hidden characters in code are found', () => {
  for (const language of new Set(hostileSamples.map((sample) => sample.language))) {
    it(`for each attack in ${language}`, () => {
      for (const { attack, code, hidden } of hostileSamples.filter(
        (sample) => sample.language === language,
      )) {
        const found = charactersIn(code);
        const missed = hidden.filter((character) => !found.has(character));
        assert.deepEqual(
          missed.map((character) => codePointLabel(character.codePointAt(0) ?? 0)),
          [],
          attack,
        );
      }
    });
  }

  it('without reporting other characters of such code', () => {
    for (const { attack, language, code, hidden } of hostileSamples) {
      const wrong = [...charactersIn(code)].filter((character) => !hidden.includes(character));
      assert.deepEqual(wrong, [], `${attack} in ${language}`);
    }
  });

  for (const [name, text] of Object.entries(realCode)) {
    it(`but are not reported in ${name}, where real text needs them`, () => {
      assert.deepEqual(labels(findHiddenCharacters(text)), []);
    });
  }

  it('at any place in ASCII text', () => {
    const anyHiddenCharacter = fc.constantFrom(
      ...Array.from(
        '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\u00ad\u2028\u2029\u3164\u115f\u1160\uffa0\ufff9\ue000\u{e0001}\u{e0041}\u{e0100}\ufe00\0\u001b\u007f\u180e\u034f',
      ),
    );
    const anyAscii = fc.string({ unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(anyAscii, anyHiddenCharacter, anyAscii, (before, character, after) => {
        assert.deepEqual(
          findHiddenCharacters(before + character + after).map(({ index }) => index),
          [before.length],
        );
      }),
      { numRuns: runs(2000, 20_000) },
    );
  });

  it('but are not reported in plain ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        assert.deepEqual(findHiddenCharacters(text), []);
      }),
    );
  });

  it('once each, in order and with their positions', () => {
    fc.assert(
      fc.property(anyCode, (text) => {
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

  it('in a time that is proportional to the length of the code', () => {
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
      // Quadratic time would exceed the time limit of the test.
      assert.ok(findHiddenCharacters(text).length <= text.length, JSON.stringify(unit));
    }
  });

  it('with names that describe them', () => {
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
      `${hostileSamples.length} hostile samples in ${languages} languages all found, ${Object.keys(realCode).length} clean samples without a false alarm`,
    );
  });
});

describe('S6 Code without its hidden characters', () => {
  const cleaned = async (text: string): Promise<string | undefined> =>
    (await inspectForHiddenCharacters(text, () => Promise.resolve())).cleaned;

  it('is the code as it looked', async () => {
    assert.equal(await cleaned('a\u202eb\u200bc'), 'abc');
    assert.equal(await cleaned('if\u00a0x\u3000y\u2028z'), 'if x y z');
    assert.equal(await cleaned('s\u0430y\u041dello(\uff45val)'), 'sayHello(eval)');
    assert.equal(await cleaned('environment\u01c3=1'), 'environment!=1');
  });

  it('contains no hidden characters, and is undefined if that is impossible', async () => {
    await fc.assert(
      fc.asyncProperty(anyCode, async (text) => {
        const result = await cleaned(text);
        assert.deepEqual(result === undefined ? [] : findHiddenCharacters(result), []);
      }),
      { numRuns: runs(1000, 10_000) },
    );
    // No Latin letter looks like this character.
    assert.equal(await cleaned('pass\u13a3word'), undefined);
  });

  it('keeps every other character', async () => {
    const anyAscii = fc.string({ unit: 'grapheme-ascii' });
    await fc.assert(
      fc.asyncProperty(anyAscii, anyAscii, async (before, after) => {
        assert.equal(await cleaned(`${before}\u202e${after}\u200b`), before + after);
      }),
    );
    for (const text of Object.values(realCode)) assert.equal(await cleaned(text), text);
  });

  it('is based on the same findings if long code is inspected in parts', async () => {
    const longCode =
      Object.values(realCode).join('') + hostileSamples.map((sample) => sample.code).join('\n');
    let yields = 0;
    const { hidden } = await inspectForHiddenCharacters(longCode.repeat(3), () => {
      yields++;
      return Promise.resolve();
    });
    assert.deepEqual(hidden, findHiddenCharacters(longCode.repeat(3)));
    assert.ok(yields > 0);
  });
});
