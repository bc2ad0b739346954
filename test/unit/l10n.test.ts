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

describe('The words of the interface (npm run l10n gathers them)', () => {
  it('are those of the sources in l10n/bundle.l10n.json', async () => {
    assert.deepEqual(readTranslations(translationFiles.sources.en), await sourceTexts());
  }).timeout(300_000);

  it('are said where `t` is called, so that they can be found', () => {
    const { texts, unreadable } = translatedCalls();
    assert.deepEqual(unreadable, []);
    const words = readTranslations(translationFiles.sources.en);
    assert.deepEqual([...new Set(texts.filter((text) => !(text in words)))], []);
  });

  it('of the manifest are in package.nls.json, all of them and no others', () => {
    const texts = manifestTexts(structuredClone(manifest)).map(({ text }) => text);
    const keys = texts.map((text) => /^%(.+)%$/.exec(text)?.[1] ?? `not a key: ${text}`);
    const words = readTranslations(translationFiles.manifest.en);
    assert.deepEqual([...new Set(keys)].sort(), Object.keys(words).sort());
    assert.ok(Object.values(words).every((word) => word !== ''));
  });

  for (const { en, de } of Object.values(translationFiles)) {
    describe(`in German (${de})`, () => {
      const [words, translated] = [readTranslations(en), readTranslations(de)];

      it('are all there, and no others', () => {
        assert.deepEqual(Object.keys(translated), Object.keys(words));
        assert.ok(Object.values(translated).every((word) => word.trim() !== ''));
      });

      it('have the same places for what is put in, and the same names of settings', () => {
        const fixed = (text: string): unknown => [
          placeholders(text),
          (
            text.match(/`[^`]+`|\bo1mini\.\w+(?:\.\w+)*|https?:\/\/(?:\w+(?:\.\w+)*)?|\$[A-Z_]+/g) ?? []
          ).sort(),
        ];
        for (const [key, text] of Object.entries(words)) {
          assert.deepEqual(fixed(translated[key] ?? ''), fixed(text), key);
        }
      });
    });
  }
});

describe('Icons', () => {
  it('are VS Code’s own: no emoji stands in the sources, the styles or the manifest', () => {
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
