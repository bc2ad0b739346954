import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { followEnd, createScroller, type Renderer } from './renderer';

/** Renders the whole text with each delta. */
export function reactRenderer(render: (whole: string) => ReactElement): Renderer {
  const scroller = createScroller();
  const content = document.createElement('div');
  scroller.append(content);
  followEnd(scroller, content);
  const root = createRoot(content);
  let whole = '';
  return {
    scroller,
    add(text) {
      whole += text;
      flushSync(() => root.render(render(whole)));
    },
  };
}
