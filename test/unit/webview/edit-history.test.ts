import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  createEditHistory,
  type EditHistory,
  type EditKind,
  type FieldState,
} from '../../../src/webview/input/edit-history';
import { recordFigure, runs } from '../../support/promises';

const at = (text: string, start = text.length, end = start): FieldState => ({ text, start, end });

/** Types as a keyboard does: a character at a time, each with the selection before it. */
function typed(history: EditHistory, characters: string): void {
  for (const character of characters) {
    const { text, start, end } = history.state;
    history.record(at(text.slice(0, start) + character + text.slice(end), start + 1), 'typing');
  }
}

function undone(history: EditHistory): readonly string[] {
  const texts: string[] = [];
  for (let state = history.undo(); state; state = history.undo()) texts.push(state.text);
  return texts;
}

describe('R7 Undo in a text field', () => {
  it('takes back a word at a time, with the spaces behind it', () => {
    const history = createEditHistory(at(''));
    typed(history, 'two words  and');
    assert.deepEqual(undone(history), ['two words  ', 'two ', '']);
  });

  it('takes back in one step what was deleted in a row, to either side', () => {
    for (const forwards of [false, true]) {
      const history = createEditHistory(at('abcdef', 3));
      for (let count = 0; count < 3; count++) {
        const { text, start } = history.state;
        const from = forwards ? start : start - 1;
        history.record(at(text.slice(0, from) + text.slice(from + 1), from), 'deleting');
      }
      assert.deepEqual(undone(history), ['abcdef']);
      assert.deepEqual(history.state, at('abcdef', 3));
    }
  });

  it('puts the selection back that was replaced', () => {
    const history = createEditHistory(at('keep this', 5, 9));
    typed(history, 'x');
    assert.deepEqual(history.undo(), at('keep this', 5, 9));
    assert.deepEqual(history.redo(), at('keep x', 6));
  });

  it('begins a new step where the cursor was moved, and where something was undone', () => {
    const history = createEditHistory(at(''));
    typed(history, 'ac');
    history.select(1, 1);
    typed(history, 'b');
    assert.equal(history.state.text, 'abc');
    assert.deepEqual(undone(history), ['ac', '']);
    typed(history, 'x');
    typed(history, 'y');
    assert.deepEqual(undone(history), ['']);
  });

  it('has nothing to redo after something new', () => {
    const history = createEditHistory(at(''));
    typed(history, 'a');
    history.undo();
    typed(history, 'b');
    assert.equal(history.redo(), undefined);
  });

  it('takes back all that came in a row from another webview at once', () => {
    const history = createEditHistory(at('mine'));
    for (const text of ['mine a', 'mine ab', 'xmine ab']) history.record(at(text), 'synced');
    assert.deepEqual(undone(history), ['mine']);
  });

  it('leads back and forth through the same texts, whatever was changed and how', () => {
    const count = runs(300, 10_000);
    const change = fc.record({
      text: fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '😀'), maxLength: 8 }),
      from: fc.nat(12),
      to: fc.nat(12),
      kind: fc.constantFrom<EditKind>('typing', 'deleting', 'synced', 'single'),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(change, fc.constantFrom('undo', 'redo'))), (actions) => {
        const history = createEditHistory(at('start'));
        for (const action of actions) {
          const before = history.state.text;
          if (action === 'undo') {
            if (history.undo()) assert.equal(afterRedo(history), before);
          } else if (action === 'redo') {
            if (history.redo()) assert.equal(afterUndo(history), before);
          } else {
            const from = Math.min(action.from, before.length);
            const to = Math.max(from, Math.min(action.to, before.length));
            const text = before.slice(0, from) + action.text + before.slice(to);
            history.select(from, to);
            history.record(at(text, from + action.text.length), action.kind);
            assert.equal(history.state.text, text);
          }
        }
        assert.equal(undone(history).at(-1) ?? 'start', 'start');
      }),
      { numRuns: count },
    );
    recordFigure('R7', `${count} random sequences of changes, undo and redo in a text field`);
  });
});

/** The text that redo leads to, and back again. */
function afterRedo(history: EditHistory): string | undefined {
  const text = history.redo()?.text;
  history.undo();
  return text;
}

function afterUndo(history: EditHistory): string | undefined {
  const text = history.undo()?.text;
  history.redo();
  return text;
}
