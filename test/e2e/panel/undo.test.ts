import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recordFigure, runs } from '../../support/promises';
import { usePanel } from '../../support/use-panel';
import { choice, snapshot, turn } from './views';

describe('R7 Text that is written in the panel', () => {
  const panel = usePanel();
  const press = (...keys: readonly string[]) =>
    keys.reduce((before, key) => before.then(() => panel.page.keyboard.press(key)), Promise.resolve());
  const text = () => panel.page.locator('.question-box textarea').inputValue();
  beforeEach(async () => {
    await panel.post(snapshot(turn('a', { choices: [choice('An answer.')] })));
    await panel.questionBox().focus();
  });

  it('is scrolled to what undo and redo change in it', async () => {
    const box = panel.questionBox();
    const scrollTop = () => box.evaluate((element) => element.scrollTop);
    await box.fill('A line of the draft.\n'.repeat(60));
    await press('Control+Home', 'ArrowDown');
    await panel.page.keyboard.type('Some ');
    await press('Control+End');
    const end = await scrollTop();
    assert.ok(end > 300);
    await press('Control+z');
    assert.ok((await scrollTop()) < 20);
    await press('Control+End', 'Control+y');
    assert.ok((await scrollTop()) < 20);
    await press('Control+End', 'x', 'Control+Home', 'Control+z');
    assert.ok((await scrollTop()) > end - 40);
  });

  /** All actions that insert text into the question box. */
  const insertions = {
    quote: async () => {
      // The mouse is used because a selection by script would leave the focus in the box but remove its cursor.
      await panel.page.locator('.answer .markdown p').click({ clickCount: 3 });
      await panel.post({ type: 'quote' });
    },
    compose: () => panel.post({ type: 'compose', withSelection: false, text: 'Explain this.' }),
    insert: () => panel.post({ type: 'insertText', text: 'const pasted = 1;\n' }),
    prompt: async () => {
      await press('Control+a', 'Delete');
      await panel.page.keyboard.type('/');
      await panel.respond('getCompletions', [
        { id: 'p', icon: 'comment', label: 'review', detail: '', text: 'Review this:\n' },
      ]);
      await press('Enter');
    },
    recall: async () => {
      await press('Control+Home', 'ArrowUp');
      await panel.respond('promptHistory', ['An earlier question', 'The first']);
    },
    settle: async () => {
      await press('Control+End', 'Shift+Enter', 'x', 'Enter');
      await panel.respond('send', 'accepted');
    },
  } as const;

  for (const [name, insertion] of Object.entries(insertions)) {
    it(`is changed in one undo step by ${name}, which can be redone`, async () => {
      await panel.page.keyboard.type('my draft ');
      await insertion();
      const after = await text();
      await press('Control+z');
      const before = await text();
      assert.notEqual(before, after);
      await press('Control+Shift+Z');
      assert.equal(await text(), after);
      await press('Control+z', 'Control+z', 'Control+z', 'Control+z', 'Control+z', 'Control+z', 'Control+z');
      assert.equal(await text(), '');
      await press(...Array.from({ length: 9 }, () => 'Control+y'));
      assert.equal(await text(), after);
      assert.equal((await panel.receivedOf('draft')).at(-1)?.text, after);
    });
  }

  it('has the same undo history as a model, whatever is typed, inserted, undone and redone', async () => {
    const count = runs(5, 60);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...modelActions), { minLength: 4, maxLength: 14 }),
        async (actions) => {
          await panel.reopen();
          await panel.post(snapshot(turn('a', { choices: [choice('An answer.')] })));
          await panel.questionBox().focus();
          const model = createModel();
          for (const action of actions) {
            await actInPage(action);
            model.act(action);
            assert.equal(await text(), model.text(), actions.join(' '));
          }
        },
      ),
      { numRuns: count },
    );
    recordFigure('R7', `${count} random sequences of typing, insertions, undo and redo in the question box`);
  });

  it('is deleted in a separate undo step after the cursor was moved away and back', async () => {
    await panel.page.keyboard.type('word');
    await press('Backspace', 'Backspace', 'ArrowLeft', 'ArrowRight', 'Backspace', 'Control+z');
    assert.equal(await text(), 'wo');
    await press('Control+z');
    assert.equal(await text(), 'word');
  });

  async function actInPage(action: ModelAction): Promise<void> {
    switch (action) {
      case 'word':
        return panel.page.keyboard.type('word ');
      case 'undo':
        return press('Control+z');
      case 'redo':
        return press('Control+y');
      case 'delete':
        // The cursor is moved in between, so that each deletion is an undo step of its own.
        return press('Backspace', 'ArrowLeft', 'ArrowRight');
      case 'quote':
      case 'compose':
      case 'insert':
        return insertions[action]();
    }
  }

  it('comes back by the arrow key and by undo after an earlier question replaced it', async () => {
    await panel.page.keyboard.type('half a question');
    await insertions.recall();
    assert.equal(await text(), 'An earlier question');
    await press('Control+z');
    assert.equal(await text(), 'half a question');
    await press('ArrowDown');
    assert.equal(await text(), 'half a question');
    await insertions.recall();
    await press('ArrowUp', 'ArrowDown', 'ArrowDown');
    assert.equal(await text(), 'half a question');
  });

  it('comes back also if the earlier question was edited, which keeps its edits', async () => {
    await panel.page.keyboard.type('half a question');
    await insertions.recall();
    await press('Control+End', '!');
    await press('ArrowDown');
    assert.equal(await text(), 'half a question');
    await insertions.recall();
    assert.equal(await text(), 'An earlier question!');
  });

  it('is undone only in the field that has the focus', async () => {
    await panel.page.keyboard.type('draft');
    await panel.post({ type: 'history', update: { kind: 'show' } });
    const search = panel.page.getByRole('searchbox');
    await search.focus();
    await press('Control+z', 'Control+z', 'Control+y');
    await panel.page.keyboard.type('find');
    await press('Control+z', 'Control+z');
    assert.equal(await search.inputValue(), '');
    assert.equal(await text(), 'draft');
    await panel.page.keyboard.type('query');
    await press('Escape');
    assert.equal(await search.inputValue(), '');
    await press('Control+z');
    assert.equal(await search.inputValue(), 'query');
  });

  it('is undone in the editor of a question', async () => {
    await panel.page.getByRole('button', { name: 'Edit' }).click();
    const editor = panel.page.getByRole('textbox', { name: 'Edit question' });
    await panel.page.keyboard.type(' Really?');
    await press('Control+z');
    assert.equal(await editor.inputValue(), 'What is it? ');
    await press('Control+z', 'Control+z');
    assert.equal(await editor.inputValue(), 'What is it?');
    assert.equal(await text(), '');
  });

  it('begins with the text of the host, which cannot be undone', async () => {
    await panel.post({ type: 'draft', text: 'written before', withSelection: false, revision: 0 });
    await press('Control+z');
    assert.equal(await text(), 'written before');
  });

  it('is also undone by the menu command of VS Code', async () => {
    await panel.page.keyboard.type('one two');
    await insertions.compose();
    await panel.page.evaluate('document.execCommand("undo")');
    assert.equal(await text(), 'one two');
    await panel.page.evaluate('document.execCommand("redo")');
    assert.equal(await text(), 'Explain this.\n\none two');
  });
});

type ModelAction = (typeof modelActions)[number];

const modelActions = [
  'word',
  'word',
  'delete',
  'quote',
  'compose',
  'insert',
  'undo',
  'undo',
  'redo',
] as const;

interface ModelState {
  readonly text: string;
  readonly cursor: number;
}

/** A model of the question box: each action adds a state, and undo returns to the previous one. */
function createModel(): { act(action: ModelAction): void; text(): string } {
  let states: readonly ModelState[] = [{ text: '', cursor: 0 }];
  let at = 0;

  function next(action: ModelAction, { text, cursor }: ModelState): ModelState {
    const inserted = (added: string, where: number): ModelState => ({
      text: text.slice(0, where) + added + text.slice(where),
      cursor: where + added.length,
    });
    switch (action) {
      case 'word':
        return inserted('word ', cursor);
      case 'delete':
        return {
          text: text.slice(0, Math.max(0, cursor - 1)) + text.slice(cursor),
          cursor: Math.max(0, cursor - 1),
        };
      case 'quote':
        return inserted('> An answer.\n\n', 0);
      case 'compose': {
        const composed = text.trim() === '' ? 'Explain this.' : `Explain this.\n\n${text}`;
        return { text: composed, cursor: composed.length };
      }
      default:
        return inserted('const pasted = 1;\n', cursor);
    }
  }

  return {
    text: () => states[at]?.text ?? '',
    act(action) {
      const current = states[at] ?? { text: '', cursor: 0 };
      if (action === 'undo') at = Math.max(0, at - 1);
      else if (action === 'redo') at = Math.min(states.length - 1, at + 1);
      else {
        const changed = next(action, current);
        if (changed.text === current.text) return;
        states = [...states.slice(0, at + 1), changed];
        at++;
      }
    },
  };
}
