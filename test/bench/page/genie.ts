import hljs from 'highlight.js/lib/common';
import { marked } from 'marked';
import { followEnd, createScroller, type Renderer } from './renderer';

/**
 * Genie's way: with each delta the whole text through marked and into innerHTML, each block of code through
 * highlight.js, which finds out the language by trying all (`highlightAuto` in its media/main.js).
 */
export function genie(): Renderer {
  const scroller = createScroller();
  const content = document.createElement('div');
  scroller.append(content);
  followEnd(scroller, content);
  let whole = '';
  return {
    scroller,
    add(text) {
      whole += text;
      content.innerHTML = marked.parse(whole, { async: false });
      for (const code of content.querySelectorAll('pre code'))
        code.innerHTML = hljs.highlightAuto(code.textContent).value;
    },
  };
}
