import { baseline } from './baseline';
import { continueRenderer } from './continue';
import { genie } from './genie';
import { panel } from './panel';
import { twinny } from './twinny';
import type { Renderer } from './renderer';

const renderers = { panel, baseline, twinny, genie, continue: continueRenderer };
export type RendererName = keyof typeof renderers;

export interface RendererFeed {
  begin(name: RendererName): void;
  /** Renders a long text, and waits for its highlighting and formulas. */
  fill(text: string): Promise<void>;
  /** Renders the texts of each frame in one frame. */
  feed(frames: readonly (readonly string[])[]): Promise<void>;
}

let renderer: Renderer | undefined;

const rendererFeed: RendererFeed = {
  begin: (name) => (renderer = renderers[name]()),
  async fill(text) {
    renderer?.add(text);
    while (document.querySelector('.markdown[aria-busy]')) await wait(10);
    await wait(400);
  },
  async feed(frames) {
    for (const texts of frames) {
      await new Promise(requestAnimationFrame);
      for (const text of texts) renderer?.add(text);
    }
    await new Promise(requestAnimationFrame);
    await wait(50);
  },
};

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

(window as unknown as { rendererFeed: RendererFeed }).rendererFeed = rendererFeed;
