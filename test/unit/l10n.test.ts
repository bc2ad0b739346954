import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import manifest from '../../package.json';
import { inRepository } from '../support/paths';
import {
  manifestTexts,
  placeholders,
  readTranslations,
  sourceTexts,
  translatedCalls,
  translationFiles,
} from '../support/translations';

describe('The texts of the interface, which npm run l10n collects,', () => {
  it('are the same in l10n/bundle.l10n.json as in the sources', async () => {
    assert.deepEqual(readTranslations(translationFiles.sources.en), await sourceTexts());
  }).timeout(300_000);

  it('are literals in the calls of `t`, so that they can be collected', () => {
    const { texts, unreadable } = translatedCalls();
    assert.deepEqual(unreadable, []);
    const englishTexts = readTranslations(translationFiles.sources.en);
    assert.deepEqual([...new Set(texts.filter((text) => !(text in englishTexts)))], []);
  });

  it('of the manifest are the same as in package.nls.json', () => {
    const texts = manifestTexts(structuredClone(manifest)).map(({ text }) => text);
    const keys = texts.map((text) => /^%(.+)%$/.exec(text)?.[1] ?? `not a key: ${text}`);
    const englishTexts = readTranslations(translationFiles.manifest.en);
    assert.deepEqual([...new Set(keys)].sort(), Object.keys(englishTexts).sort());
    assert.ok(Object.values(englishTexts).every((word) => word !== ''));
  });

  for (const { en, de } of Object.values(translationFiles)) {
    describe(`in German in ${de}`, () => {
      const [englishTexts, translated] = [readTranslations(en), readTranslations(de)];

      it('are complete, without additional ones', () => {
        assert.deepEqual(Object.keys(translated), Object.keys(englishTexts));
        assert.ok(Object.values(translated).every((word) => word.trim() !== ''));
      });

      it('have the same placeholders and names of settings', () => {
        const invariableParts = (text: string): unknown => [
          placeholders(text),
          (
            text.match(/`[^`]+`|\bo1mini\.\w+(?:\.\w+)*|https?:\/\/(?:\w+(?:\.\w+)*)?|\$[A-Z_]+/g) ?? []
          ).sort(),
        ];
        for (const [key, text] of Object.entries(englishTexts)) {
          assert.deepEqual(invariableParts(translated[key] ?? ''), invariableParts(text), key);
        }
      });
    });
  }
});

describe('Icons', () => {
  it('are those of VS Code: the sources, the styles and the manifest contain no emoji', () => {
    const files = ['src', 'media', 'l10n'].flatMap((folder) =>
      readdirSync(inRepository(folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(?:ts|css|svg|json)$/.test(file))
        .map((file) => `${folder}/${file}`),
    );
    const emoji = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F/u;
    const found = [...files, 'package.json', 'package.nls.json', 'package.nls.de.json'].filter((file) =>
      emoji.test(readFileSync(inRepository(file), 'utf8')),
    );
    assert.deepEqual(found, []);
  });
});
