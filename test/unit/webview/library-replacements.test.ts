import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { eastAsianWidthType } from '../../../src/webview/markdown/library-replacements';
import { inRepository } from '../../support/paths';

type WidthOf = (codePoint: number) => string;

/** Characters that the library counts as wide although they are in no CJK text: trigrams, hexagrams, and counting rods. */
const NOT_REPLACED = /[\u2630-\u268f\u4dc0-\u4dff\u{1d300}-\u{1d37f}]/u;

describe('The replacement for get-east-asian-width', () => {
  it('tells the same characters to be CJK as the library, for all characters of Unicode', async () => {
    const library = createRequire(inRepository('package.json')).resolve('get-east-asian-width');
    const { eastAsianWidthType: expected } = (await import(pathToFileURL(library).href)) as {
      readonly eastAsianWidthType: WidthOf;
    };
    const different: string[] = [];
    // The plugin asks only about characters from here on.
    for (let codePoint = 0x1100; codePoint <= 0x10ffff; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      if (/[\p{Unassigned}\p{Surrogate}]/u.test(character) || NOT_REPLACED.test(character)) continue;
      if (isCjk(character, expected) !== isCjk(character, eastAsianWidthType))
        different.push(codePoint.toString(16));
    }
    assert.deepEqual(different, []);
  });
});

/** As markdown-it-cjk-friendly decides. */
function isCjk(character: string, widthOf: WidthOf): boolean {
  const width = widthOf(character.codePointAt(0) ?? 0);
  if (width === 'fullwidth' || width === 'halfwidth') return true;
  if (width === 'wide') return !/\p{Emoji_Presentation}/u.test(character);
  return width === 'neutral' && /\p{Script=Hangul}/u.test(character);
}
