import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choosePath } from './choose-path';
import { screenshotInThemes } from './screenshots';
import { useChat } from './use-chat';

describe('The history', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });

  it('finds, opens, renames, deletes, restores, exports and imports a chat', async () => {
    const panel = workbench.panel();
    const search = panel.getByRole('searchbox', { name: 'Search Chats' });
    const row = (name: string | RegExp) => panel.getByRole('row', { name });

    api.script({ kind: 'answer', text: 'The heron stands in the reeds.' });
    await chat.ask('Which bird is it?');
    await chat.until('Done');
    await workbench.command('o1-mini: New Chat');
    await chat.questions.first().waitFor({ state: 'detached' });
    api.script({ kind: 'answer', text: 'Nothing of birds.' });
    await chat.ask('And what else?');
    await chat.until('Done');

    await workbench.command('o1-mini: Show History');
    await row(/^And what else\?/).waitFor();
    await row(/^Which bird is it\?/).waitFor();
    await screenshotInThemes(workbench, 'history');
    await search.fill('HERON');
    await row(/heron/).getByText('The heron stands in the reeds.').waitFor();
    await row(/^And what else/).waitFor({ state: 'detached' });
    await search.press('Enter');
    await workbench.page.keyboard.press('Enter');
    await chat.questions.getByText('Which bird is it?').waitFor();
    await chat.answers.getByText('The heron stands in the reeds.').waitFor();

    await workbench.command('o1-mini: Show History');
    await row(/^Which bird/).focus();
    await workbench.page.keyboard.press('F2');
    await panel.getByRole('textbox', { name: 'Title' }).fill('Herons');
    await workbench.page.keyboard.press('Enter');
    await row(/^Herons,/).waitFor();
    await row(/^And what else/).focus();
    await workbench.page.keyboard.press('Delete');
    await panel.getByRole('button', { name: 'Undo' }).waitFor();
    assert.equal(await row(/^And what else/).count(), 0);
    await panel.getByRole('button', { name: 'Undo' }).click();
    await row(/^And what else/).waitFor();
    await workbench.page.keyboard.press('Escape');
    await chat.log.waitFor();

    const [markdown, json] = [join(workbench.folder, 'herons.md'), join(workbench.folder, 'herons.json')];
    await workbench.command('o1-mini: Export Chat…');
    await choosePath(workbench, markdown);
    await workbench.notification('The chat was exported to herons.md.');
    const text = readFileSync(markdown, 'utf8');
    assert.match(text, /^# Herons\n\n## You\n[^]*Which bird is it\?[^]*The heron stands in the reeds\.\n$/);
    await workbench.command('o1-mini: Export Chat…');
    await choosePath(workbench, json);
    await workbench.notification('The chat was exported to herons.json.');
    await workbench.command('o1-mini: New Chat');
    await chat.questions.first().waitFor({ state: 'detached' });
    await workbench.command('o1-mini: Import Chat…');
    await choosePath(workbench, json);
    await chat.answers.getByText('The heron stands in the reeds.').waitFor();
    await workbench.command('o1-mini: Show History');
    await row(/^Herons,/)
      .nth(1)
      .waitFor();
    await workbench.command('o1-mini: New Chat');
    await chat.box.waitFor();
  });
});
