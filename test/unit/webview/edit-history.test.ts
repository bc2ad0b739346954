import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  createEditHistory,
  type EditHistory,
  type EditKind,
  type FieldState,
} from '../../../src/webview/input/edit-history';
import { recordFigure, runs } from '../../support/promises';

const fieldState = (text: string, start = text.length, end = start): FieldState => ({ text, start, end });

/** Records the typing of characters, one at a time, each replacing the current selection. */
function type(history: EditHistory, characters: string): void {
  for (const character of characters) {
    const { text, start, end } = history.state;
    history.record(fieldState(text.slice(0, start) + character + text.slice(end), start + 1), 'typing');
  }
}

function undoAll(history: EditHistory): readonly string[] {
  const texts: string[] = [];
  for (let state = history.undo(); state; state = history.undo()) texts.push(state.text);
  return texts;
}

describe('R7 Undo in a text field', () => {
  it('removes one word at a time, with the spaces after it', () => {
    const history = createEditHistory(fieldState(''));
    type(history, 'two words  and');
    assert.deepEqual(undoAll(history), ['two words  ', 'two ', '']);
  });

  it('restores consecutively deleted characters in one step, in both directions', () => {
    for (const forwards of [false, true]) {
      const history = createEditHistory(fieldState('abcdef', 3));
      for (let count = 0; count < 3; count++) {
        const { text, start } = history.state;
        const from = forwards ? start : start - 1;
        history.record(fieldState(text.slice(0, from) + text.slice(from + 1), from), 'deleting');
      }
      assert.deepEqual(undoAll(history), ['abcdef']);
      assert.deepEqual(history.state, fieldState('abcdef', 3));
    }
  });

  it('restores a selection that was replaced', () => {
    const history = createEditHistory(fieldState('keep this', 5, 9));
    type(history, 'x');
    assert.deepEqual(history.undo(), fieldState('keep this', 5, 9));
    assert.deepEqual(history.redo(), fieldState('keep x', 6));
  });

  it('starts a new step after the cursor was moved and after an undo', () => {
    const history = createEditHistory(fieldState(''));
    type(history, 'ac');
    history.select(1, 1);
    type(history, 'b');
    assert.equal(history.state.text, 'abc');
    assert.deepEqual(undoAll(history), ['ac', '']);
    type(history, 'x');
    type(history, 'y');
    assert.deepEqual(undoAll(history), ['']);
  });

  it('offers no redo after a new change', () => {
    const history = createEditHistory(fieldState(''));
    type(history, 'a');
    history.undo();
    type(history, 'b');
    assert.equal(history.redo(), undefined);
  });

  it('reverts consecutive changes from another webview in one step', () => {
    const history = createEditHistory(fieldState('mine'));
    for (const text of ['mine a', 'mine ab', 'xmine ab']) history.record(fieldState(text), 'synced');
    assert.deepEqual(undoAll(history), ['mine']);
  });

  it('and redo restore the same texts after any sequence of changes', () => {
    const count = runs(300, 10_000);
    const change = fc.record({
      text: fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '😀'), maxLength: 8 }),
      from: fc.nat(12),
      to: fc.nat(12),
      kind: fc.constantFrom<EditKind>('typing', 'deleting', 'synced', 'single'),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(change, fc.constantFrom('undo', 'redo'))), (actions) => {
        const history = createEditHistory(fieldState('start'));
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
            history.record(fieldState(text, from + action.text.length), action.kind);
            assert.equal(history.state.text, text);
          }
        }
        assert.equal(undoAll(history).at(-1) ?? 'start', 'start');
      }),
      { numRuns: count },
    );
    recordFigure('R7', `${count} random sequences of changes, undo and redo in a text field`);
  });
});

/** The text after redo, which is then undone. */
function afterRedo(history: EditHistory): string | undefined {
  const text = history.redo()?.text;
  history.undo();
  return text;
}

/** The text after undo, which is then redone. */
function afterUndo(history: EditHistory): string | undefined {
  const text = history.undo()?.text;
  history.redo();
  return text;
}
