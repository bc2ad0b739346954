import type { MarkdownIt, Token } from 'markdown-it';

const BOX = /^\[([ xX])\](?=[ \t\n])/;

/** Shows a check box instead of the bullet for list items that begin with `[ ]` or `[x]`. */
export function taskList(md: MarkdownIt): void {
  md.core.ruler.after('inline', 'task_list', ({ tokens, Token }) => {
    tokens.forEach((token, index) => {
      const item = tokens[index - 2];
      if (token.type !== 'inline' || item?.type !== 'list_item_open') return;
      const text = token.children?.[0];
      const mark = text?.type === 'text' ? BOX.exec(token.content)?.[1] : undefined;
      if (!text || mark === undefined || !text.content.startsWith('[')) return;
      item.attrJoin('class', 'task');
      text.content = text.content.slice('[x]'.length);
      const box: Token = new Token('task_box', '', 0);
      box.content = mark === ' ' ? '☐' : '☑';
      token.children?.unshift(box);
    });
  });
  md.renderer.rules.task_box = (tokens, index) => `<span class="task-box">${tokens[index]?.content}</span>`;
}
