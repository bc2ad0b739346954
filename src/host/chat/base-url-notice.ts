import { l10n } from 'vscode';
import type { Endpoint } from '../../core/api';
import { showInformation, whenPressed } from '../notifications';
import { openSettings } from '../settings';

/** Shows once for each value of `o1mini.baseUrl` without a scheme which address is used. */
export function createBaseUrlNotice(): (written: string, endpoint: Endpoint) => void {
  const shown = new Set<string>();
  return (written, { baseUrl }) => {
    if (/^\s*[a-z][a-z0-9+.-]*:\/\//i.test(written) || shown.has(written)) return;
    shown.add(written);
    const open = l10n.t('Open Settings');
    const text = l10n.t('o1mini.baseUrl does not begin with https:// or http://. Requests are sent to {0}.');
    whenPressed(showInformation(text, [baseUrl], open), open, () => openSettings('o1mini.baseUrl'));
  };
}
