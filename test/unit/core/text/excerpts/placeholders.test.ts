import assert from 'node:assert/strict';
import { isPlaceholder } from '../../../../../src/core/text/excerpts/placeholders';

describe('A line of an excerpt', () => {
  for (const line of [
    '// ... existing code ...',
    '    # ...',
    '/* … */',
    '{/* ... rest of the component ... */}',
    '<!-- ... -->',
    '-- ... other columns',
    "' ...",
    '# rest unchanged',
    '// (unchanged)',
    '// other methods ...',
    '// existing code',
    '// Rest of the file',
    '# ... (rest of the code remains the same)',
    '// other imports stay the same',
    '// code omitted for brevity',
    '// ...existing code',
    '// ... rest of the file',
    '// ... unchanged',
    '// ...rest of the code remains the same',
    '// […]',
    '(* ... existing code ... *)',
    '{- ... -}',
    '{# ... other blocks ... #}',
    '<%# ... rest of the form ... %>',
    '<%-- ... --%>',
    '@* ... *@',
    '{{!-- ... --}}',
    '--[[ ... existing code ... ]]',
    '#= ... =#',
    '<# ... #>',
    '! ... existing code ...',
    '" ... rest unchanged',
    ':: ...',
    '/** ... existing methods ... */',
    '// --- existing code ---',
    '# ===== rest of the file unchanged =====',
    '// ... bestehender Code ...',
    '# Rest bleibt unverändert',
    '// 其余代码保持不变',
  ])
    it(`stands for code that was left out: ${line}`, () => assert.ok(isPlaceholder(line)));

  for (const line of [
    '// Loading...',
    '...',
    'f(...args);',
    "'...',",
    '# Wait for the rest of the items.',
    '// existing users keep their settings',
    '# other values are errors',
    '#include <a.h>',
    '// unchanged values are skipped',
    '// ...rest of args are forwarded',
    '// ... and this is the other case',
    '# ...or else it fails',
    '',
  ])
    it(`is code or a comment: ${JSON.stringify(line)}`, () => assert.ok(!isPlaceholder(line)));
});
