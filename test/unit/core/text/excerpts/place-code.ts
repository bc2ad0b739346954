import assert from 'node:assert/strict';
import { placementOf, type ProposedCode } from '../../../../../src/core/text/excerpts/placement';
import { applyOffsetEdits } from '../../../../../src/core/text/offset-edits';

/** The text with the code applied, or the reason why it is known to be only a part if its place is not certain. */
export function placed(text: string, code: string, options: Partial<ProposedCode> = {}): string {
  const placement = placementOf(text, { code, isDiff: false, extent: 'file', path: '/x.py', ...options });
  if (placement.kind === 'parts') return applyOffsetEdits(text, placement.offsetEdits);
  return placement.kind === 'whole' ? code : placement.reason;
}

/** `expected`: the text with the code applied, or the reason. */
export type PlacementCase = readonly [title: string, text: string, code: string, expected: string];

export function testPlacements(
  cases: readonly PlacementCase[],
  titleOf = (title: string): string => title,
): void {
  for (const [title, text, code, expected] of cases)
    it(titleOf(title), () => assert.equal(placed(text, code), expected));
}
