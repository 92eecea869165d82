/**
 * What a browser carries while it is away at the provider: sealed, short-lived, good for one return.
 *
 * Promises: nobody can read or make one but this process; each is taken once, whether or not the sign-in succeeds; a
 * restart voids those under way (the button is pressed again).
 * Must not: know HTTP or the provider.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Clock } from '../clock.ts'
import type { Ids } from '../ids.ts'

/** Long enough for a second factor and a forgotten password. */
export const FLOW_MS = 15 * 60_000

const Flow = Type.Object({
  state: Type.String(),
  nonce: Type.String(),
  /** PKCE: who brings the code must know it. */
  verifier: Type.String(),
  redirectUri: Type.String(),
  /** A path of this server. */
  returnTo: Type.String(),
  expiresAt: Type.Integer(),
})
type Flow = Static<typeof Flow>

type Flows = {
  begin(redirectUri: string, returnTo: string): { flow: Flow; sealed: string }
  /** `undefined`: not ours, too old, already taken, or begun for another `state`. */
  take(sealed: string, state: string): Flow | undefined
}

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

export function createFlows({ clock, ids }: { clock: Clock; ids: Ids }): Flows {
  const key = Buffer.from(ids.secret(), 'base64url')
  /** States that were taken, until they would have expired anyway. */
  const taken = new Map<string, number>()

  function seal(flow: Flow): string {
    const iv = Buffer.from(ids.secret(), 'base64url').subarray(0, IV_BYTES)
    const cipher = createCipheriv(CIPHER, key, iv)
    const text = Buffer.concat([cipher.update(JSON.stringify(flow), 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')
  }

  function open(sealed: string): Flow | undefined {
    const bytes = Buffer.from(sealed, 'base64url')
    if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined
    try {
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
      const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
      const flow: unknown = JSON.parse(text.toString('utf8'))
      return Value.Check(Flow, flow) ? flow : undefined
    } catch {
      return undefined
    }
  }

  return {
    begin: (redirectUri, returnTo) => {
      const flow = {
        state: ids.secret(),
        nonce: ids.secret(),
        verifier: ids.secret(),
        redirectUri,
        returnTo,
        expiresAt: clock.now() + FLOW_MS,
      }
      return { flow, sealed: seal(flow) }
    },
    take: (sealed, state) => {
      const flow = open(sealed)
      const now = clock.now()
      for (const [old, until] of taken) if (until <= now) taken.delete(old)
      if (flow === undefined || flow.expiresAt <= now || taken.has(flow.state)) return undefined
      taken.set(flow.state, flow.expiresAt)
      return flow.state === state ? flow : undefined
    },
  }
}

/** In bytes: what the browser carries must fit into a cookie. */
const LONGEST_PATH = 1500

/** A path of this server to come back to, fit for a header; `/` for anything that could lead elsewhere. */
export function localPath(wanted: string | undefined): string {
  if (wanted === undefined || Buffer.byteLength(wanted) > LONGEST_PATH) return '/'
  const here = 'http://here.invalid'
  // Browsers read a backslash as a slash and skip control characters: such a path is not what it looks like.
  if (!/^\/[^\\\p{Cc}\p{Zs}]*$/u.test(wanted) || !URL.canParse(wanted, here)) return '/'
  const { origin, pathname, search, hash } = new URL(wanted, here)
  const path = pathname + search + hash
  // Steps up may have left two slashes in front, which name a host.
  const isOurs = origin === here && !path.startsWith('//') && !/^\/api(?:\/|$)/.test(pathname)
  return isOurs && path.length <= LONGEST_PATH ? path : '/'
}
