import type { AttachedItemView, CompletionView, ToWebviewMessage } from '../../../src/protocol/messages';

export const orbits: AttachedItemView = {
  id: 'a',
  icon: 'file',
  label: 'orbits.py',
  tokens: '1,240 tokens',
  title: '/home/ada/work/orbits.py',
  pasted: false,
};
export const missing: AttachedItemView = {
  ...orbits,
  id: 'b',
  label: 'old.py',
  tokens: '',
  reason: 'no longer exists',
};
export const pasted: AttachedItemView = {
  ...orbits,
  id: 'c',
  icon: 'clippy',
  label: 'ring.c:3-9',
  pasted: true,
};

/** Files that complete a word of the question. */
export const suggestedFiles: readonly CompletionView[] = [
  { id: '1', icon: 'file', label: 'orbits.py', detail: '' },
  { id: '2', icon: 'file', label: 'ring.c', detail: 'src/deep' },
];

export function attached(...views: readonly AttachedItemView[]): ToWebviewMessage {
  return { type: 'attachments', attachments: views };
}
