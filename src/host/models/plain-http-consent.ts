import type { Endpoint } from '../../core/api';
import type { Settings } from '../settings';

/** True where requests would not be encrypted and the user has not allowed that for this origin. */
export function needsPlainHttpConsent(
  { protection, origin }: Endpoint,
  { allowedHttpOrigins }: Pick<Settings, 'allowedHttpOrigins'>,
): boolean {
  return protection === 'none' && !allowedHttpOrigins.some((allowed) => originOf(allowed) === origin);
}

/** The origin of an address that the user has written, with a slash or a path. */
function originOf(address: string): string | undefined {
  return URL.canParse(address.trim()) ? new URL(address.trim()).origin : undefined;
}
