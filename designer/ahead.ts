/**
 * Fetches ahead what an address is sure to need, while the server is still being asked who signs in.
 *
 * Must not: be needed: what fails here is fetched again by whom it belongs to, and told there.
 */
const AHEAD: readonly { address: RegExp; load(): Promise<unknown>[] }[] = [
  {
    // Large drawings: the parts of the designer would otherwise come one after the other.
    address: /^\/processes\/[^/]+\/design$/,
    load: () => [
      import('./design/design-page.tsx'),
      import('./canvas/design-canvas.tsx'),
      import('./panels/design-panel.tsx'),
    ],
  },
]

/** @param pathname of the page that is opened */
export function fetchAhead(pathname: string): void {
  for (const { address, load } of AHEAD)
    if (address.test(pathname)) for (const part of load()) part.catch(() => undefined)
}
