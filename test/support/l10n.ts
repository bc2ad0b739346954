import {
  manifestTexts,
  readTranslations,
  sourceTexts,
  translationFiles,
  writeTranslations,
  type Translations,
} from './translations';

/**
 * Gathers the words of the interface: the sources' into l10n/bundle.l10n.json, the manifest's into
 * package.nls.json. Takes out of the translations what is not used any more, and lists what they lack.
 */
async function gather(): Promise<readonly string[]> {
  writeTranslations(translationFiles.sources.en, await sourceTexts());
  writeTranslations(translationFiles.manifest.en, gatherManifest());
  return [translationFiles.sources, translationFiles.manifest].flatMap(({ en, de }) => {
    const [words, translated] = [readTranslations(en), readTranslations(de)];
    const kept = Object.keys(words).filter((key) => key in translated);
    writeTranslations(de, Object.fromEntries(kept.map((key) => [key, translated[key]])));
    const lacking = Object.entries(words).filter(([key]) => !(key in translated));
    return lacking.map(([key, text]) => `${de}: ${JSON.stringify(key)}: ${JSON.stringify(text)}`);
  });
}

/** Puts a key in place of each text that is still written into the manifest. */
function gatherManifest(): Translations {
  const manifest = JSON.parse(JSON.stringify(readTranslations('package.json'))) as Record<string, unknown>;
  const words: Record<string, string> = {};
  const known = readTranslations(translationFiles.manifest.en);
  for (const { text, key, replace } of manifestTexts(manifest)) {
    const name = /^%(.+)%$/.exec(text)?.[1];
    words[name ?? key] = name === undefined ? text : (known[name] ?? '');
    if (name === undefined) replace(`%${key}%`);
  }
  writeTranslations('package.json', manifest);
  return words;
}

function report(lacking: readonly string[]): void {
  for (const line of lacking) console.log(line);
  console.log(lacking.length === 0 ? 'All is translated.' : `${lacking.length} without a translation.`);
  if (lacking.length > 0) process.exitCode = 1;
}

void gather().then(report);
