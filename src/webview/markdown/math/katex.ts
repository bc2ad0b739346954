import { whenIdle } from '../../rendering/scheduler';

/** Renders the source that an element contains. */
type Renderer = (formula: HTMLElement) => void;

/** Commands of mhchem, an extension of KaTeX that is loaded on first use because it is rarely needed. */
const MHCHEM_COMMAND = /\\(?:ce|pu)(?![a-zA-Z])/;

let renderer: Renderer | undefined;
let mhchemLoaded = false;
let isPreloading = false;

/** The renderer for a source; undefined if it is not loaded. */
export function rendererFor(source: string): Renderer | undefined {
  return mhchemLoaded || !MHCHEM_COMMAND.test(source) ? renderer : undefined;
}

export async function loadRendererFor(source: string): Promise<void> {
  const { renderFormula } = await import('./render-formula');
  if (!mhchemLoaded && MHCHEM_COMMAND.test(source)) {
    await import('katex/contrib/mhchem');
    mhchemLoaded = true;
  }
  renderer = renderFormula;
}

/** Loads KaTeX when the browser is idle, so that the first formula does not have to wait. */
export function preloadKatex(): void {
  if (isPreloading) return;
  isPreloading = true;
  whenIdle(() => {
    import('./render-formula').then(({ prepareKatex }) => prepareKatex()).catch(reportError);
  });
}
