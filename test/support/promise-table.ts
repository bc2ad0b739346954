import type { PromiseId } from './promises';

/** A promise to users in their own terms, and how the tests try to break it. */
export interface PromiseRow {
  readonly id: PromiseId;
  readonly promise: string;
  readonly tried: string;
}

/** All promises. The tests of a promise are found by its number at the beginning of a suite title. */
export const promiseTable: readonly PromiseRow[] = [
  {
    id: 'S1',
    promise: 'An answer runs nothing and loads nothing.',
    tried:
      'Hostile Markdown and HTML is rendered in Chromium and in a VS Code window, complete and streamed; each layer of defense is also tested alone.',
  },
  {
    id: 'S2',
    promise: 'The chat has a strict content security policy.',
    tried: 'csp_evaluator checks the policy of the HTML that is actually sent to the webview.',
  },
  {
    id: 'S3',
    promise:
      'Links open only for http, https and mailto, and only after the whole address was shown. Nothing else from a file, a server or an answer becomes a link, not even in notifications.',
    tried:
      'Links with other schemes are clicked in the chat; hostile file names, symbol names, chat files, git messages and server errors are shown in every kind of notification and list.',
  },
  {
    id: 'S4',
    promise:
      'Your key and your questions cannot be redirected. Both travel encrypted, except to a server on this machine or one you allowed.',
    tried:
      'Hostile settings, redirects, proxies and name servers; the address of every connection is checked.',
  },
  {
    id: 'S5',
    promise:
      'The API key is in secret storage and in the request header, nowhere else, even if the service repeats it.',
    tried:
      'The server repeats a unique key in many encodings and parts; settings, storage, logs, the chat, chat files and exports are searched for it.',
  },
  {
    id: 'S6',
    promise:
      'Hidden and deceptive characters are shown and named before code is inserted, replaced, compared or copied.',
    tried: 'Samples in 12 languages must be reported; real text in many scripts must not be.',
  },
  {
    id: 'S7',
    promise: 'What is inserted is what was shown, and nothing in an answer covers another part of the chat.',
    tried:
      'Random code with snippet syntax, tabs and line endings is inserted; for hostile formulas and text, every point of the code blocks and buttons is checked.',
  },
  {
    id: 'S8',
    promise: 'No file of a workspace configures the extension.',
    tried:
      'A hostile workspace is opened, trusted and in Restricted Mode, and everything that the extension reads from it is recorded; the settings of a dev container are checked too.',
  },
  {
    id: 'S9',
    promise: 'Every message from the webview is validated before it is used.',
    tried:
      'Random and slightly damaged messages are sent; all that do not match a known message are dropped.',
  },
  {
    id: 'S10',
    promise: 'An answer cannot freeze the chat or the extension host.',
    tried: 'Text that slows parsers down, answers of 1 MB and 10 MB, and a JSON answer of 32 MB.',
  },
  {
    id: 'S11',
    promise:
      'Secrets and files from outside the workspace are named before they are sent, and can be replaced by placeholders.',
    tried:
      'One sample of each kind of secret, links to files outside the workspace, special files and files such as .env; clean source code counts false alarms.',
  },
  {
    id: 'R1',
    promise: 'Whatever goes wrong on the network, the outcome is named correctly and no text is lost.',
    tried: 'A real HTTP server produces every fault in a list.',
  },
  {
    id: 'R2',
    promise: 'A model may think for ten minutes.',
    tried: 'Silences of ten minutes on a simulated clock, and of more than five minutes in real time.',
  },
  {
    id: 'R3',
    promise: 'Retrying never bills you twice.',
    tried: 'Faults at every stage of a request, and 50 quick clicks on Send.',
  },
  {
    id: 'R4',
    promise: 'Stop means stop.',
    tried: 'Requests are stopped at every stage; open connections and timers are counted.',
  },
  {
    id: 'R5',
    promise: 'An answer that breaks off is kept and marked as incomplete.',
    tried: 'The connection is cut after every single byte of an answer.',
  },
  {
    id: 'R6',
    promise: 'However the network splits an answer into packets, you see the same text.',
    tried: 'The bytes are split at random, down to single bytes.',
  },
  {
    id: 'R7',
    promise:
      'The chat may be hidden, moved, reloaded or closed while an answer arrives. Your draft is never lost, and no key pressed in it changes a document.',
    tried:
      'Random sequences of such actions in a real window; undo, earlier questions and quoting next to text, custom and notebook editors; two windows.',
  },
  {
    id: 'R8',
    promise: 'Chats are never lost.',
    tried:
      'Added folders, second windows, killed browsers, moved folders, killed processes, full disks, damaged files and clocks that jump.',
  },
  {
    id: 'R9',
    promise: 'A removed key, another model, a changed clock or a sleeping computer does not break an answer.',
    tried: 'Each of them happens in the middle of an answer.',
  },
  {
    id: 'R10',
    promise: 'The chat is usable by keyboard and with a screen reader, in four themes.',
    tried:
      'axe-core checks every screen in every theme and at 240 pixels; every control is used by keyboard.',
  },
  {
    id: 'R11',
    promise: 'Every figure and promise in the README is printed by a command.',
    tried: 'The README is compared with the output of the commands.',
  },
];
