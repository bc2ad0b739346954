import {
  manifestTexts,
  readTranslations,
  sourceTexts,
  translationFiles,
  writeTranslations,
  type Translations,
} from './translations';

/**
 * Collects the texts of the interface: those of the sources into l10n/bundle.l10n.json, those of the manifest into
 * package.nls.json. Removes unused texts from the translations, and returns the missing ones.
 */
async function collect(): Promise<readonly string[]> {
  writeTranslations(translationFiles.sources.en, await sourceTexts());
  writeTranslations(translationFiles.manifest.en, collectManifest());
  return [translationFiles.sources, translationFiles.manifest].flatMap(({ en, de }) => {
    const [texts, translated] = [readTranslations(en), readTranslations(de)];
    const used = Object.keys(texts).filter((key) => key in translated);
    writeTranslations(de, Object.fromEntries(used.map((key) => [key, translated[key]])));
    const missing = Object.entries(texts).filter(([key]) => !(key in translated));
    return missing.map(([key, text]) => `${de}: ${JSON.stringify(key)}: ${JSON.stringify(text)}`);
  });
}

/** Replaces each text that is still in the manifest by its key. */
function collectManifest(): Translations {
  const manifest = JSON.parse(JSON.stringify(readTranslations('package.json'))) as Record<string, unknown>;
  const texts: Record<string, string> = {};
  const known = readTranslations(translationFiles.manifest.en);
  for (const { text, key, replace } of manifestTexts(manifest)) {
    const name = /^%(.+)%$/.exec(text)?.[1];
    texts[name ?? key] = name === undefined ? text : (known[name] ?? '');
    if (name === undefined) replace(`%${key}%`);
  }
  writeTranslations('package.json', manifest);
  return texts;
}

function report(missing: readonly string[]): void {
  for (const line of missing) console.log(line);
  console.log(
    missing.length === 0 ? 'All texts are translated.' : `${missing.length} texts are not translated.`,
  );
  if (missing.length > 0) process.exitCode = 1;
}

void collect().then(report);
