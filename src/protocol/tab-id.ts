/** Where a webview keeps the ID of its browser tab in the session storage, which outlives a reload. */
export const TAB_ID_KEY = 'o1mini.tab';
