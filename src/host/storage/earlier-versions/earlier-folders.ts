import * as vscode from 'vscode';
import * as v from 'valibot';
import { parseStoredJson, parseValue } from '../../parse-stored-data';
import type { ChatWorkspace } from '../../../core/chat/stored-chat';
import type { FileFolder } from '../../../core/file-folder';
import { withoutNumber, workspaceIdOf } from '../current-workspace';
import type { EarlierFolder } from './earlier-storage';

/** The folders in which earlier versions kept chats. */
export interface EarlierFolders {
  /**
   * The folders of the workspace of this window, with and without a number suffix, or the folder of windows without a
   * workspace.
   */
  readonly ofWindow: readonly EarlierFolder[];
  readonly others: () => Promise<readonly EarlierFolder[]>;
}

const chats = 'chats';
const withoutFolder = 'without-folder';

/** @param open opens the folder of a URI */
export async function findEarlierFolders(
  { storageUri, globalStorageUri }: vscode.ExtensionContext,
  workspace: ChatWorkspace | undefined,
  open: (uri: vscode.Uri) => FileFolder,
): Promise<EarlierFolders> {
  const extension = globalStorageUri.path.split('/').at(-1) ?? '';
  // Also a window without a folder finds those of workspaces, beside the folder of all windows.
  const root = storageUri
    ? vscode.Uri.joinPath(storageUri, '..', '..')
    : vscode.Uri.joinPath(globalStorageUri, '..', '..', 'workspaceStorage');
  const parent = open(root);
  const global = { key: withoutFolder, folder: open(globalStorageUri).folder(chats), workspace: undefined };
  const chatsOf = (name: string): FileFolder => parent.folder(name).folder(extension).folder(chats);
  const id = storageUri && workspaceIdOf(storageUri);
  const names = await parent.folders().catch(() => []);
  const isOfWindow = (name: string): boolean => id !== undefined && withoutNumber(name) === id;
  const own = names.filter(isOfWindow).map((name) => ({ key: name, folder: chatsOf(name), workspace }));
  return {
    ofWindow: storageUri ? own : [global],
    async others() {
      const found: EarlierFolder[] = storageUri ? [global] : [];
      for (const name of names.filter((each) => !isOfWindow(each))) {
        const folder = chatsOf(name);
        if ((await folder.list().catch(() => [])).length === 0) continue;
        // A folder with a number suffix has no description.
        found.push({ key: name, folder, workspace: await describedIn(parent, withoutNumber(name)) });
      }
      return found;
    },
  };
}

const description = v.object({
  name: v.exactOptional(v.string()),
  folder: v.exactOptional(v.string()),
  workspace: v.exactOptional(v.string()),
});

/** VS Code's own description of a workspace, in the storage folder of the workspace; its form depends on the version. */
async function describedIn(parent: FileFolder, id: string): Promise<ChatWorkspace> {
  const read = async (name: string): Promise<v.InferOutput<typeof description>> => {
    try {
      return parseValue(
        description,
        parseStoredJson(new TextDecoder().decode(await parent.folder(id).read(name))),
      );
    } catch {
      return {};
    }
  };
  const [meta, desktop] = [await read('meta.json'), await read('workspace.json')];
  const uri = desktop.folder ?? desktop.workspace;
  const lastSegment = uri === undefined ? undefined : vscode.Uri.parse(uri).path.split('/').at(-1);
  return {
    id,
    name: meta.name ?? lastSegment ?? id,
    folders: desktop.folder === undefined ? [] : [desktop.folder],
  };
}
