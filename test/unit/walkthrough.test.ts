import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import manifest from '../../package.json';
import { inRepository } from '../support/paths';
import { readTranslations, translationFiles } from '../support/translations';
import { packagedFiles } from '../support/vsix';

const [walkthrough] = manifest.contributes.walkthroughs;
const commands = new Set(manifest.contributes.commands.map(({ command }) => command));

/** The text of the manifest that `%key%` stands for. */
function textsOf(reference: string): readonly string[] {
  return Object.values(translationFiles.manifest).map(
    (file) => readTranslations(file)[reference.slice(1, -1)] ?? '',
  );
}

describe('The walkthrough', () => {
  assert.ok(walkthrough);
  const { steps } = walkthrough;

  for (const { id, description, media, completionEvents } of steps) {
    describe(`in its step ${id}`, () => {
      it('links only to commands that exist and to pages with https, the same in both languages', () => {
        const links = textsOf(description).map((text) =>
          [...text.matchAll(/\]\(([^)]*)\)/g)].map(([, address = '']) => address),
        );
        assert.ok(links.every((found) => found.length > 0));
        assert.deepEqual(links[0], links[1]);
        for (const link of links.flat()) {
          const [, command] = /^command:([\w.]+)(?:\?|$)/.exec(link) ?? [];
          if (command === undefined) assert.match(link, /^https:\/\//);
          else assert.ok(commands.has(command), command);
        }
      });

      it('is completed by what its text offers', () => {
        const [text = ''] = textsOf(description);
        for (const event of completionEvents) {
          const [kind = '', ...rest] = event.split(':');
          const subject = rest.join(':');
          if (kind === 'onLink' || kind === 'onCommand') assert.ok(text.includes(`${subject})`), event);
          else assert.match(event, /^on(?:Context|SettingChanged):o1mini\.\w+$/);
        }
      });

      it('has a picture in the package, in the colors of the theme, with an alternative text', async () => {
        assert.ok((await packagedFiles()).includes(media.svg), media.svg);
        assert.ok(textsOf(media.altText).every((text) => text.length > 20));
        const picture = readFileSync(inRepository(media.svg), 'utf8');
        const colors = [...picture.matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(([, color = '']) => color);
        assert.ok(colors.length > 10);
        for (const color of colors) assert.match(color, /^(?:none|var\(--vscode-[^#]+\))$/);
        // The page that shows it allows neither.
        assert.ok(!/<style|<script|\s(?:style|on\w+|href)=/.test(picture), media.svg);
      });
    });
  }
});
