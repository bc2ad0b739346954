/** Whether the keyboard is that of a Mac, with Cmd where other keyboards have Ctrl. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Whether the page is in VS Code on the desktop, and not in a browser. */
export const isElectron = navigator.userAgent.includes('Electron/');
