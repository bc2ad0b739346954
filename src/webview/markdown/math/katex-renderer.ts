import katex from 'katex';
import { limitNegativeLengths, MAX_LENGTH_EM, MAX_MACRO_EXPANSIONS } from './formula-limits';
import { KATEX_MACROS } from './katex-commands';
import { forKatex } from './katex-source';
import { escapePercentSigns, repairText } from './formula-source';

/** Renders the source of a formula into an element. Throws if the source is invalid. */
export type Renderer = (source: string, element: HTMLElement, display: boolean) => void;

/** Renders what models write with KaTeX. */
export const renderWithKatex: Renderer = (source, element, displayMode) => {
  // KaTeX sets styles of elements through the CSSOM, which the content security policy allows, unlike in HTML strings.
  const render = (written: string): void =>
    katex.render(forKatex(limitNegativeLengths(written)), element, {
      displayMode,
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxSize: MAX_LENGTH_EM,
      maxExpand: MAX_MACRO_EXPANSIONS,
      macros: { ...KATEX_MACROS },
    });
  const written = escapePercentSigns(source);
  try {
    render(written);
  } catch (error) {
    const repaired = repairText(written);
    if (repaired === written) throw error;
    try {
      render(repaired);
    } catch {
      throw error;
    }
  }
};
