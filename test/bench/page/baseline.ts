import { followEnd, createScroller, type Renderer } from './renderer';

/** Renders with the least possible work: each line is an element, and text is appended to the last one. */
export function baseline(): Renderer {
  const scroller = createScroller();
  const content = document.createElement('div');
  content.style.whiteSpace = 'pre-wrap';
  scroller.append(content);
  followEnd(scroller, content);
  let line: HTMLElement | undefined;
  return {
    scroller,
    add(text) {
      for (const part of text.split(/(?<=\n)/)) {
        if (!line) content.append((line = document.createElement('div')));
        if (line.firstChild instanceof Text) line.firstChild.appendData(part);
        else line.append(part);
        if (part.endsWith('\n')) line = undefined;
      }
    },
  };
}
