import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { followEnd, createScroller, type Renderer } from './renderer';

/** Renders the whole text again for each delta. */
export function reactRenderer(render: (text: string) => ReactElement): Renderer {
  const scroller = createScroller();
  const content = document.createElement('div');
  scroller.append(content);
  followEnd(scroller, content);
  const root = createRoot(content);
  let text = '';
  return {
    scroller,
    add(delta) {
      text += delta;
      flushSync(() => root.render(render(text)));
    },
  };
}
