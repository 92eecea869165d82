/**
 * Which addresses a webhook may reach: none of our own network's, whatever name they hide behind.
 *
 * Promises: a name is looked up once for a connection, and what is connected to is an address that was judged; so
 * a name that answers differently the next time gains nothing.
 * Must not: judge by the name.
 */
import { type LookupAddress, type LookupAllOptions, lookup as lookUp } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const blocked = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  blocked.addSubnet(net, bits, 'ipv4')
/** All that is open to the world lies in 2000::/3; of that, these lead elsewhere or carry another address inside. */
const world = new BlockList()
world.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  blocked.addSubnet(net, bits, 'ipv6')

/** Whether it is an address of the open internet. */
export function isOpenAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !blocked.check(address, 'ipv4')
  // An IPv4 address mapped into IPv6 lies outside of 2000::/3, too.
  return family === 6 && world.check(address, 'ipv6') && !blocked.check(address, 'ipv6')
}

/** Nothing but addresses that are refused. */
class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED'
  constructor() {
    super('the address is not one of the open internet')
    this.name = 'AddressRefused'
  }
}

/** All addresses of a name. */
export type LookUp = (
  host: string,
  options: LookupAllOptions,
  done: (error: Error | null, found: LookupAddress[]) => void,
) => void

/** As the system's look-up, less what is refused. @param lookup the system's */
export const openLookup =
  (lookup: LookUp = lookUp): LookupFunction =>
  (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0)
      const open = found.filter(({ address }) => isOpenAddress(address))
      const [first] = open
      if (first === undefined) return done(new AddressRefused(), '', 0)
      if (options.all === true) done(null, open)
      else done(null, first.address, first.family)
    })
  }

/** A host that is an address itself is never looked up. @param host as a URL has it, IPv6 in brackets */
export function isRefusedHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  return isIP(bare) !== 0 && !isOpenAddress(bare)
}
