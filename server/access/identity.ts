/**
 * Who a request comes from: by bearer token, or by the session a browser signed in to.
 *
 * Promises: a token or session that is revoked, expired, or of a disabled person is nobody's, from the next request
 * on. Sessions are stored hashed and outlive a restart.
 * Must not: know HTTP. Expiry goes by real time, also where the jobs' clock is manual: moving it signs nobody out.
 */
import type { Clock } from '../clock.ts'
import type { Ids } from '../ids.ts'
import { problem } from '../problem-details.ts'
import type { Library, Person } from '../store/library-port.ts'
import type { Asker } from './scope.ts'
import { hashSecret } from './secrets.ts'

/** A working day. */
const SESSION_MS = 12 * 3600 * 1000

export type Credentials = { bearer?: string; session?: string }
export type Identity = {
  actor: Asker
  person: Person
  via: 'token' | 'session'
  /** The session began at the provider of sign-in. */
  provider?: true
}

export type Identities = {
  /** `undefined`: nobody who may sign in. */
  identify(credentials: Credentials): Promise<Identity | undefined>
  /** A session for whoever holds the token. Problems: unauthenticated. */
  signIn(token: string): Promise<{ identity: Identity; session: string; maxAge: number }>
  startSession(person: Person, begun?: { provider: true }): Promise<{ session: string; maxAge: number }>
  signOut(session: string): Promise<void>
  /** Called when a person, or what he signs in with, was changed. Returns how to stop listening. */
  onChange(person: string, listener: () => void): () => void
  /** To be called after such a change. */
  changed(person: string): void
}

const actorOf = (person: Person): Asker => ({
  id: person.id,
  name: person.name,
  roles: [...person.roles],
  certificates: person.certificates.map((certificate) => ({ ...certificate })),
  ...(person.limits === undefined || person.limits.length === 0 ? {} : { limits: person.limits }),
})

type IdentityDeps = { library: Library; clock: Clock; ids: Ids }

export function createIdentities({ library, clock, ids }: IdentityDeps): Identities {
  const expired = (at: string | undefined) => at !== undefined && Date.parse(at) <= clock.now()
  const nowText = () => new Date(clock.now()).toISOString()

  const listeners = new Map<string, Set<() => void>>()
  const changed = (person: string): void => {
    for (const listener of listeners.get(person) ?? []) listener()
  }

  async function byToken(secret: string): Promise<Identity | undefined> {
    const hash = hashSecret(secret)
    const found = await library.personByTokenHash(hash)
    if (found === undefined || found.person.disabled === true || expired(found.token.expiresAt))
      return undefined
    await library.tokenUsed(hash, nowText())
    return { actor: actorOf(found.person), person: found.person, via: 'token' }
  }

  async function bySession(secret: string): Promise<Identity | undefined> {
    const session = await library.session(hashSecret(secret))
    if (session === undefined || expired(session.expiresAt)) return undefined
    const person = await library.person(session.person)
    if (person === undefined || person.disabled === true) return undefined
    const begun = session.provider === undefined ? {} : { provider: session.provider }
    return { actor: actorOf(person), person, via: 'session', ...begun }
  }

  async function startSession(person: Person, begun?: { provider: true }) {
    const session = ids.secret()
    const now = clock.now()
    await library.forgetSessions(nowText())
    await library.saveSession({
      hash: hashSecret(session),
      person: person.id,
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + SESSION_MS).toISOString(),
      ...begun,
    })
    return { session, maxAge: SESSION_MS / 1000 }
  }

  return {
    // A token that was sent is meant: where it is wrong, the cookie beside it does not help.
    identify: async ({ bearer, session }) => {
      if (bearer !== undefined) return byToken(bearer)
      return session === undefined ? undefined : bySession(session)
    },
    signIn: async (token) => {
      const identity = await byToken(token)
      if (identity === undefined) throw problem('unauthenticated')
      return { identity, ...(await startSession(identity.person)) }
    },
    startSession,
    signOut: async (session) => {
      const hash = hashSecret(session)
      const known = await library.session(hash)
      await library.deleteSession(hash)
      if (known !== undefined) changed(known.person)
    },
    onChange: (person, listener) => {
      const his = listeners.get(person) ?? new Set()
      listeners.set(person, his.add(listener))
      return () => {
        his.delete(listener)
        if (his.size === 0 && listeners.get(person) === his) listeners.delete(person)
      }
    },
    changed,
  }
}
