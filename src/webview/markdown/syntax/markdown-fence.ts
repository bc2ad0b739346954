import type { MarkdownIt } from 'markdown-it';
import { createFenceReader, nestsFences } from '../../../core/text/fence';

/** Reads fences of Markdown code, in which fences with a language can be nested. Other fences follow CommonMark. */
export function markdownFence(md: MarkdownIt): void {
  md.block.ruler.before(
    'fence',
    'markdown_fence',
    (state, startLine, endLine, silent) => {
      const indent = (state.sCount[startLine] ?? 0) - state.blkIndent;
      if (indent >= 4) return false;
      const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
      const opening = state.src.slice(start, state.eMarks[startLine]);
      const [, markup = '', info = ''] = /^(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(opening) ?? [];
      if (!nestsFences(info)) return false;
      if (silent) return true;
      const reader = createFenceReader(markup, info);
      let end = startLine + 1;
      let closed = false;
      for (; end < endLine && !closed; end++) {
        // A line outside of the list or block quote also ends the fence.
        if (!state.isEmpty(end) && (state.sCount[end] ?? 0) < state.blkIndent) break;
        closed = reader.read(state.getLines(end, end + 1, state.blkIndent, false)) === 'closing';
      }
      const token = state.push('fence', 'code', 0);
      token.info = info;
      token.content = state.getLines(
        startLine + 1,
        closed ? end - 1 : end,
        state.sCount[startLine] ?? 0,
        true,
      );
      token.markup = markup;
      token.map = [startLine, end];
      state.line = end;
      return true;
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  );
}
