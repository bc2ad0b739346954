import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshChat } from './chat-page';
import { choosePath } from './choose-path';
import { inThemes } from './pictures';
import { sharedWindow } from './window';

describe('The history', () => {
  it('finds a chat again, opens, renames, deletes and restores it, and takes it to a file and back', async () => {
    const w = sharedWindow();
    const chat = await freshChat(w);
    const panel = w.panel();
    const search = panel.getByRole('searchbox', { name: 'Search Chats' });
    const row = (name: string | RegExp) => panel.getByRole('row', { name });

    w.api.script({ kind: 'answer', text: 'The heron stands in the reeds.' });
    await chat.ask('Which bird is it?');
    await chat.until('Done');
    await w.command('o1-mini: New Chat');
    await chat.questions.first().waitFor({ state: 'detached' });
    w.api.script({ kind: 'answer', text: 'Nothing of birds.' });
    await chat.ask('And what else?');
    await chat.until('Done');

    await w.command('o1-mini: Show History');
    await row(/^And what else\?/).waitFor();
    await row(/^Which bird is it\?/).waitFor();
    await inThemes(w, 'history');
    await search.fill('HERON');
    await row(/heron/).getByText('The heron stands in the reeds.').waitFor();
    await row(/^And what else/).waitFor({ state: 'detached' });
    await search.press('Enter');
    await w.page.keyboard.press('Enter');
    await chat.questions.getByText('Which bird is it?').waitFor();
    await chat.answers.getByText('The heron stands in the reeds.').waitFor();

    await w.command('o1-mini: Show History');
    await row(/^Which bird/).focus();
    await w.page.keyboard.press('F2');
    await panel.getByRole('textbox', { name: 'Title' }).fill('Herons');
    await w.page.keyboard.press('Enter');
    await row(/^Herons,/).waitFor();
    await row(/^And what else/).focus();
    await w.page.keyboard.press('Delete');
    await panel.getByRole('button', { name: 'Undo' }).waitFor();
    assert.equal(await row(/^And what else/).count(), 0);
    await panel.getByRole('button', { name: 'Undo' }).click();
    await row(/^And what else/).waitFor();
    await w.page.keyboard.press('Escape');
    await chat.log.waitFor();

    const [markdown, json] = [join(w.folder, 'herons.md'), join(w.folder, 'herons.json')];
    await w.command('o1-mini: Export Chat…');
    await choosePath(w, markdown);
    await w.notification('The chat was exported to herons.md.');
    const text = readFileSync(markdown, 'utf8');
    assert.match(text, /^# Herons\n\n## You\n[^]*Which bird is it\?[^]*The heron stands in the reeds\.\n$/);
    await w.command('o1-mini: Export Chat…');
    await choosePath(w, json);
    await w.notification('The chat was exported to herons.json.');
    await w.command('o1-mini: New Chat');
    await chat.questions.first().waitFor({ state: 'detached' });
    await w.command('o1-mini: Import Chat…');
    await choosePath(w, json);
    await chat.answers.getByText('The heron stands in the reeds.').waitFor();
    await w.command('o1-mini: Show History');
    await row(/^Herons,/)
      .nth(1)
      .waitFor();
    await w.command('o1-mini: New Chat');
    await chat.box.waitFor();
  });
});
