/** Whether shortcuts use Cmd instead of Ctrl. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Whether this is VS Code on the desktop, and not in a browser. */
export const isElectron = navigator.userAgent.includes('Electron/');
