import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { followEnd, place, type Way } from './way';

/** Renders the whole text with each delta. */
export function reactWay(render: (whole: string) => ReactElement): Way {
  const scroller = place();
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
