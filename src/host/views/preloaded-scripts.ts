/**
 * The scripts that the first script of the chat page imports, relative to the folder of the webview. The page names
 * them, so that they load beside it and not after it. The build puts them in; tests of the host run without.
 */
export const preloadedScripts: readonly string[] = [];
