import { l10n, workspace, ConfigurationTarget } from 'vscode';
import type { ChatError, Endpoint } from '../../core/api';
import { addressOfHost, isPrivateAddress } from '../../core/api/addresses/private-addresses';
import { formatMessage } from '../../core/text/untrusted-text';
import { showDialog } from '../notifications';
import type { ResolveHost } from '../platform';
import type { Settings } from '../settings';

type PlainHttpConsent =
  | { readonly kind: 'allowed' }
  /** The user decided against it. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'fail'; readonly error: ChatError };

/**
 * Asks for permission before the first unencrypted request to an address in a private network, where others could
 * read it. Requests over plain HTTP to a public address fail without a question.
 *
 * @param resolveHost absent in a browser, which blocks such requests itself
 */
export async function askPlainHttp(
  endpoint: Endpoint,
  settings: Settings,
  resolveHost: ResolveHost | undefined,
): Promise<PlainHttpConsent> {
  const { hostname } = endpoint.chatCompletions;
  const addresses = await addressesOf(hostname, resolveHost);
  // The transport checks the address again, because the host name may resolve to another address by then.
  if (!addresses.some(isPrivateAddress)) return { kind: 'fail', error: networkError(hostname, addresses) };
  const allow = l10n.t('Allow');
  const chosen = await showDialog({
    severity: 'warning',
    text: l10n.t('Do you want to allow unencrypted requests to {0}?'),
    values: [endpoint.origin],
    detail: formatMessage(
      l10n.t(
        'Requests to {0} are not encrypted. Anyone on that network can read your questions, the attached code, the answers, and the API key. To revoke this permission, remove the address from the setting o1mini.allowedHttpOrigins.',
      ),
      [endpoint.origin],
    ),
    buttons: [allow],
  });
  if (chosen !== allow) return { kind: 'cancelled' };
  await remember(endpoint.origin, settings);
  return { kind: 'allowed' };
}

async function addressesOf(
  hostname: string,
  resolveHost: ResolveHost | undefined,
): Promise<readonly string[]> {
  if (!resolveHost) return [];
  const address = addressOfHost(hostname);
  return address === undefined ? resolveHost(hostname).catch(() => []) : [address];
}

/** Host names of private networks; such a host may be temporarily unreachable. */
const PRIVATE_HOST_NAME = /^[^.]+$|\.(?:local|lan|home|internal|intranet|corp|localdomain|home\.arpa)$/;

function networkError(hostname: string, addresses: readonly string[]): ChatError {
  return addresses.length === 0 && PRIVATE_HOST_NAME.test(hostname)
    ? { kind: 'network', reason: 'dns', detail: 'ENOTFOUND' }
    : { kind: 'bad-address', problem: 'insecure' };
}

async function remember(origin: string, { allowedHttpOrigins }: Settings): Promise<void> {
  const configuration = workspace.getConfiguration('o1mini');
  const origins = [...new Set([...allowedHttpOrigins, origin])];
  await configuration.update('allowedHttpOrigins', origins, ConfigurationTarget.Global);
}
