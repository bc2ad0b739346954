/**
 * Host names of this machine, as `URL` writes them. VS Code's proxy layer lets only these bypass a proxy;
 * others, such as `x.localhost` and `127.0.0.2`, may go through a proxy or be resolved by DNS.
 */
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set([
  'localhost',
  '127.0.0.1',
  '[::1]',
  // `URL` writes [::ffff:127.0.0.1] like this.
  '[::ffff:7f00:1]',
]);

/** @param hostname of a `URL` */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOSTS.has(hostname);
}

/** Whether a host means this machine but is not in `LOOPBACK_HOSTS`, so that it could be sent elsewhere. */
export function isUnusualLoopback(hostname: string): boolean {
  if (isLoopbackHost(hostname)) return false;
  const address = unbracketed(hostname);
  return /(^|\.)localhost\.*$/.test(hostname) || isLoopbackAddress(address);
}

/** The IP address in a host of a `URL`, without brackets; undefined if the host is a name. */
export function addressOfHost(hostname: string): string | undefined {
  const address = unbracketed(hostname);
  return address !== hostname || parseIpv4(address) ? address : undefined;
}

function unbracketed(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** @param address an IP address as a socket names it */
export function isLoopbackAddress(address: string): boolean {
  const ipv4 = ipv4Of(address);
  return ipv4 ? ipv4[0] === 127 : isIpv6Loopback(address);
}

/**
 * Whether an IP address belongs to this machine or to a network that cannot be reached from the internet:
 * private (RFC 1918), shared by carriers and VPNs (RFC 6598), link-local, unique local (RFC 4193), or
 * reserved for documentation and benchmarks (RFC 5737, 3849 and 2544), which container networks use.
 */
export function isPrivateAddress(address: string): boolean {
  const ipv4 = ipv4Of(address);
  if (!ipv4) return isIpv6Loopback(address) || PRIVATE_IPV6.test(address);
  const [a = 0, b = 0, c = 0] = ipv4;
  return (
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 198 && (b === 18 || b === 19)) ||
    DOCUMENTATION_NETWORKS.has(`${a}.${b}.${c}`)
  );
}

const PRIVATE_IPV6 = /^(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]|2001:0?db8):/i;
const DOCUMENTATION_NETWORKS: ReadonlySet<string> = new Set(['192.0.2', '198.51.100', '203.0.113']);

function isIpv6Loopback(address: string): boolean {
  return /^(?:::1|(?:0{1,4}:){7}0{0,3}1)$/.test(address);
}

/** The four bytes of an IPv4 address, also where it is mapped into IPv6. */
function ipv4Of(address: string): readonly number[] | undefined {
  const mapped = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i.exec(address);
  if (!mapped) return parseIpv4(address);
  const [, dotted, high, low] = mapped;
  if (dotted !== undefined) return parseIpv4(dotted);
  const bits = (parseInt(high ?? '', 16) << 16) | parseInt(low ?? '', 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255);
}

function parseIpv4(address: string): readonly number[] | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return undefined;
  const bytes = address.split('.').map(Number);
  return bytes.every((byte) => byte < 256) ? bytes : undefined;
}
