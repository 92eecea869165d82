/**
 * The first administrator: made once over the set-up link, or by FIELDCHART_ADMIN_TOKEN.
 *
 * Promises: however many calls race, one administrator is made; afterwards the link is dead, also after a
 * restart.
 * Must not: print or log a secret (`program.ts` prints the link, once).
 */
import type { Clock } from '../clock.ts'
import type { Ids } from '../ids.ts'
import { problem } from '../problem-details.ts'
import { type Library, type Person, type PersonInput, StaleRevision } from '../store/library-port.ts'
import { actVia } from './acting.ts'
import { isAdministrator } from './people.ts'
import { hashSecret, newToken, sameSecret } from './secrets.ts'

const FIRST_ADMINISTRATOR = 'admin'

export type SetUp = {
  isOpen(): Promise<boolean>
  /** The secret of the one-time link; `undefined` where there is an administrator. Each call voids the one before. */
  openLink(): Promise<string | undefined>
  /** Problems: unauthenticated, setup-closed. */
  redeem(secret: string, name: string): Promise<{ person: Person; token: string }>
  /** `admin` signs in with this token and no other. Nothing happens if it is so already. */
  ensureToken(token: string): Promise<void>
}

export function createSetUp({ library, clock, ids }: { library: Library; clock: Clock; ids: Ids }): SetUp {
  let link: string | undefined
  const now = () => new Date(clock.now()).toISOString()
  const isOpen = async () => !(await library.people()).some(isAdministrator)

  /** `admin` as an administrator with this one token, whatever he was. */
  async function save(token: string, tokenName: string, name: string | undefined): Promise<Person> {
    const before = await library.person(FIRST_ADMINISTRATOR)
    const at = now()
    const input: PersonInput = {
      id: FIRST_ADMINISTRATOR,
      name: name ?? before?.name ?? 'Administrator',
      roles: [...new Set([...(before?.roles ?? []), 'administrator' as const])],
      certificates: [...(before?.certificates ?? [])],
      tokens: [{ id: ids.id(), name: tokenName, hash: hashSecret(token), createdAt: at }],
      createdAt: before?.createdAt ?? at,
      updatedAt: at,
    }
    const person = await library.savePerson(before?.revision ?? 0, input)
    await library.deleteSessionsOf(person.id)
    return person
  }

  async function redeem(secret: string, name: string) {
    if (!(await isOpen())) throw problem('setup-closed')
    if (link === undefined || !sameSecret(secret, link)) throw problem('unauthenticated')
    const token = newToken(ids)
    try {
      const person = await actVia('set-up', () => save(token, 'setup', name.trim()))
      link = undefined
      return { person, token }
    } catch (error) {
      if (error instanceof StaleRevision) throw problem('setup-closed')
      throw error
    }
  }
  // In turn: of two at once the second must see that the first made an administrator.
  let last: Promise<unknown> = Promise.resolve()

  return {
    isOpen,
    openLink: async () => {
      if (!(await isOpen())) return undefined
      const secret = ids.secret()
      link = hashSecret(secret)
      return secret
    },
    redeem: (secret, name) => {
      const done = last.then(() => redeem(secret, name))
      last = done.catch(() => undefined)
      return done
    },
    ensureToken: async (token) => {
      const found = await library.personByTokenHash(hashSecret(token))
      if (found?.person.id === FIRST_ADMINISTRATOR && isAdministrator(found.person)) return
      await actVia('environment', () => save(token, 'FIELDCHART_ADMIN_TOKEN', undefined))
    },
  }
}
