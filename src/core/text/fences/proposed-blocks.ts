import { filesOfPatch } from '../excerpts/patch-files';
import { isDiffLanguage, isPatch } from '../excerpts/patches';
import type { CodeBlock } from './fence';
import { namedBlocksIn, unnamedBlocksIn, type NamedBlock } from './named-blocks';

/** The code that an answer proposes. */
export interface ProposedBlocks {
  /** For the files that the answer or the headers of a patch name; of several blocks for one file, the last. */
  readonly named: readonly NamedBlock[];
  readonly unnamed: readonly CodeBlock[];
}

type BlockForFile = Omit<NamedBlock, 'earlier'>;

/** A patch for several files is divided, so that no part of it is looked for in another file. */
export function proposedBlocksIn(markdown: string): ProposedBlocks {
  const unnamed = unnamedBlocksIn(markdown).map((block) => ({ block, files: patchedFiles(block) }));
  const blocks = [
    ...namedBlocksIn(markdown).flatMap(({ earlier, ...block }) =>
      [...earlier, block.code].flatMap((code) => dividedByFile({ ...block, code })),
    ),
    ...unnamed.flatMap(({ files }) => files),
  ];
  const named = new Map<string, NamedBlock>();
  for (const block of blocks) {
    const before = named.get(block.path);
    named.set(block.path, { ...block, earlier: before ? [...before.earlier, before.code] : [] });
  }
  return {
    named: [...named.values()],
    unnamed: unnamed.filter(({ files }) => files.length === 0).map(({ block }) => block),
  };
}

/** The parts of a block that the answer names a file for. A patch for a single file belongs to that file. */
function dividedByFile(block: BlockForFile): readonly BlockForFile[] {
  const files = patchedFiles(block, block.path);
  return files.length > 1 ? files : [block];
}

/** The parts of a patch with the files that its headers name; empty for other code. */
function patchedFiles({ code, language }: CodeBlock, defaultPath?: string): readonly BlockForFile[] {
  if (!isPatch(code, isDiffLanguage(language))) return [];
  return filesOfPatch(code).flatMap(({ paths: [path = defaultPath], code: part }) =>
    path === undefined ? [] : [{ path, code: part, language, heading: '' }],
  );
}
