import { continued } from './continued';
import { floor } from './floor';
import { genie } from './genie';
import { ours } from './ours';
import { twinny } from './twinny';
import type { Renderer } from './renderer';

const renderers = { ours, floor, twinny, genie, continued };
export type RendererName = keyof typeof renderers;

export interface Feeding {
  begin(name: RendererName): void;
  /** Draws a long text, and waits until it is there with its colours and formulas. */
  fill(text: string): Promise<void>;
  /** Draws the texts of each frame in one frame. */
  feed(frames: readonly (readonly string[])[]): Promise<void>;
}

let renderer: Renderer | undefined;

const feeding: Feeding = {
  begin: (name) => (renderer = renderers[name]()),
  async fill(text) {
    renderer?.add(text);
    while (document.querySelector('.markdown[aria-busy]')) await quiet(10);
    await quiet(400);
  },
  async feed(frames) {
    for (const texts of frames) {
      await new Promise(requestAnimationFrame);
      for (const text of texts) renderer?.add(text);
    }
    await new Promise(requestAnimationFrame);
    await quiet(50);
  },
};

function quiet(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

(window as unknown as { feeding: Feeding }).feeding = feeding;
