import { l10n } from 'vscode';
import type { Endpoint } from '../../core/api';
import { showInformation } from '../notifications';
import { openSettings } from '../settings';

/** Says which address is meant by a setting without a scheme, once for each. */
export function createCompletedAddressNotice(): (written: string, endpoint: Endpoint) => void {
  const told = new Set<string>();
  return (written, { baseUrl }) => {
    if (/^\s*[a-z][a-z0-9+.-]*:\/\//i.test(written) || told.has(written)) return;
    told.add(written);
    void tell(baseUrl);
  };
}

async function tell(baseUrl: string): Promise<void> {
  const open = l10n.t('Open Settings');
  const text = l10n.t('o1mini.baseUrl does not begin with https:// or http://. Requests are sent to {0}.');
  if ((await showInformation(text, [baseUrl], open)) === open) await openSettings('o1mini.baseUrl');
}
