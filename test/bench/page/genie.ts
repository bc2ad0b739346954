import hljs from 'highlight.js/lib/common';
import { marked } from 'marked';
import { followEnd, createScroller, type Renderer } from './renderer';

/**
 * Renders as Genie does: for each delta, marked converts the whole text to HTML, and highlight.js highlights each code
 * block after trying all languages (`highlightAuto` in its media/main.js).
 */
export function genie(): Renderer {
  const scroller = createScroller();
  const content = document.createElement('div');
  scroller.append(content);
  followEnd(scroller, content);
  let markdown = '';
  return {
    scroller,
    add(text) {
      markdown += text;
      content.innerHTML = marked.parse(markdown, { async: false });
      for (const code of content.querySelectorAll('pre code'))
        code.innerHTML = hljs.highlightAuto(code.textContent).value;
    },
  };
}
