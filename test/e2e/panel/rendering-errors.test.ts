import assert from 'node:assert/strict';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

const table = 'Before it.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\nBehind **it**.';

describe('If rendering fails, the panel', () => {
  const panel = usePanel();
  const status = () => panel.page.getByRole('status', { name: 'Request' });
  const logged = async () => (await panel.receivedOf('logError')).map((message) => message.text);

  /** Makes rendering fail for every table. */
  const breakTables = () =>
    panel.page.evaluate(() => {
      const parse = Object.getOwnPropertyDescriptor(DOMParser.prototype, 'parseFromString')
        ?.value as DOMParser['parseFromString'];
      DOMParser.prototype.parseFromString = function (html, type) {
        // The argument may be a trusted type and not a string.
        if (/<table/.test(html)) throw new TypeError('No tables today');
        return parse.call(this, html, type);
      };
    });

  it('shows the answer as plain text, renders the others, and logs the reason', async () => {
    await breakTables();
    await panel.post(
      snapshot(
        turn('a', { choices: [choice(table)] }),
        turn('b', { choices: [choice('Rendered **well**.')] }),
      ),
    );
    assert.equal(await panel.answers().first().locator('.markdown').textContent(), table);
    assert.equal(await panel.answers().last().locator('strong').innerText(), 'well');
    assert.match((await logged()).join('\n'), /^Rendering: TypeError/);
  });

  it('shows the rest of a streaming answer as plain text, and ends it like any other', async () => {
    await breakTables();
    await panel.post(snapshot(turn('a', { status: running('answering') })));
    for (const [index, delta] of table.split(/(?<=\n)/).entries())
      await panel.post(changes(index + 2, text('a', delta)));
    const next = table.split(/(?<=\n)/).length + 2;
    await panel.post(changes(next, { type: 'statusChanged', turnId: 'a', status: { kind: 'done' } }));
    assert.equal(await panel.answers().locator('.markdown').textContent(), table);
    assert.match((await status().textContent()) ?? '', /^Done/);
    assert.equal(await panel.page.getByRole('button', { name: 'Stop' }).isVisible(), false);
  });

  it('updates status and Stop even if a change of the same message cannot be applied', async () => {
    await panel.post(snapshot(turn('a', { status: running('thinking') })));
    await panel.page.evaluate(() => {
      Element.prototype.prepend = function () {
        throw new RangeError('No reasoning today');
      };
    });
    await panel.post(
      changes(2, { type: 'reasoningAdded', turnId: 'a', choice: 0, text: 'Hm.' }, text('a', 'The answer.'), {
        type: 'statusChanged',
        turnId: 'a',
        status: { kind: 'done' },
      }),
    );
    assert.equal(await panel.answers().locator('.markdown').innerText(), 'The answer.');
    assert.match((await status().textContent()) ?? '', /^Done/);
    assert.equal(await panel.page.getByRole('button', { name: 'Stop' }).isVisible(), false);
    assert.match((await logged()).join('\n'), /No reasoning today/);
  });
});

describe('A question in the conversation', () => {
  const panel = usePanel();

  it('is rendered as Markdown with its line breaks, and edited as source', async () => {
    const question = 'What does `f` do,\nand **why** is $x^2$ in it?';
    await panel.post(snapshot(turn('a', { choices: [choice('It squares.')] }, question)));
    const article = panel.page.getByRole('article', { name: 'You' });
    assert.equal(await article.locator('code').innerText(), 'f');
    assert.equal(await article.locator('strong').innerText(), 'why');
    assert.match(await article.locator('.question-text').innerText(), /^What does f do,\nand why/);
    await article.locator('.katex').first().waitFor();
    await article.hover();
    await article.getByRole('button', { name: 'Edit' }).click();
    assert.equal(await article.getByRole('textbox').inputValue(), question);
  });
});

describe('An answer that is done', () => {
  const panel = usePanel();

  it('has a status for screen readers only, and Details has a chevron as in VS Code', async () => {
    const details = { summary: '', rows: [{ label: 'Model', value: 'o1-mini' }] };
    await panel.post(snapshot(turn('a', { choices: [choice('Yes.')], details })));
    const status = panel.page.getByRole('status', { name: 'Request' });
    assert.match((await status.textContent()) ?? '', /^Done/);
    assert.equal(await status.evaluate((line) => getComputedStyle(line).opacity), '0');
    const summary = panel.page.locator('summary').filter({ hasText: 'Details' });
    const style = await summary.evaluate((line) => ({
      marker: getComputedStyle(line).listStyleType,
      font: getComputedStyle(line, '::before').fontFamily,
    }));
    assert.equal(style.marker, 'none');
    assert.match(style.font, /codicon/);
  });

  it('is above a question box with the rounded corners of VS Code', async () => {
    const radius = () =>
      panel.page.locator('.question-box').evaluate((box) => getComputedStyle(box).borderRadius);
    assert.equal(await radius(), '8px');
    await panel.page.evaluate(() =>
      document.documentElement.style.setProperty('--vscode-cornerRadius-large', '9px'),
    );
    assert.equal(await radius(), '9px');
  });
});
