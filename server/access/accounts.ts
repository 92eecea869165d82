/**
 * The person that belongs to an account at the provider of sign-in: found, or made at the first sign-in.
 *
 * Promises: known by issuer and subject alone, never by name or address, which providers give out again; who is
 * disabled here stays so; whom the provider gives no role gets none, and is signed out.
 * Must not: be called but in turn with other changes of people (`people.ts`), or know the provider's protocol.
 */
import type { Role } from '../../machines/definition/schema.ts'
import type { ChangePerson } from '../../machines/wire/people.ts'
import type { Ids } from '../ids.ts'
import { problem } from '../problem-details.ts'
import type { Library, Person } from '../store/library-port.ts'

export type Account = {
  issuer: string
  subject: string
  /** For a person who is made now; later the administrators' word counts. */
  name: string
  /** `undefined`: the provider says nothing about roles, administrators do. */
  roles: Role[] | undefined
}

type AccountDeps = {
  library: Library
  ids: Ids
  /** UTC. */
  now(): string
  /** Told of whoever was changed, so that what he has open is looked at anew. */
  changed(person: string): void
  /** Problems: last-administrator. */
  requireOtherAdministrator(id: string): Promise<void>
}

/** Problems: account-disabled, account-no-role, last-administrator. */
export async function meet(account: Account, deps: AccountDeps): Promise<Person> {
  const { library, now } = deps
  const known = (await library.people()).find((person) => isOf(person, account))
  if (known?.disabled === true) throw problem('account-disabled')
  const person = known === undefined ? await make(account, deps) : await bringUp(known)
  if (person.roles.length > 0) return person
  await library.deleteSessionsOf(person.id)
  deps.changed(person.id)
  throw problem('account-no-role')

  async function bringUp(person: Person): Promise<Person> {
    const { roles } = account
    if (roles === undefined || sameRoles(roles, person.roles)) return person
    const administers = (list: readonly Role[]) => list.includes('administrator')
    if (administers(person.roles) && !administers(roles)) await deps.requireOtherAdministrator(person.id)
    const { revision, ...input } = person
    // What a role reaches stays with it; of a role that is gone nothing is left to limit.
    const limits = person.limits?.filter(({ role }) => roles.includes(role))
    const saved = await library.savePerson(revision, {
      ...input,
      roles,
      ...(limits === undefined ? {} : { limits }),
      updatedAt: now(),
    })
    deps.changed(saved.id)
    return saved
  }
}

/** Nobody is made whom the provider lets have nothing here; where it does not say, he waits for a role. */
function make({ issuer, subject, name, roles }: Account, deps: AccountDeps): Promise<Person> {
  if (roles?.length === 0) throw problem('account-no-role')
  const at = deps.now()
  return deps.library.savePerson(0, {
    id: deps.ids.id(),
    name,
    roles: roles ?? [],
    certificates: [],
    account: { issuer, subject },
    tokens: [],
    createdAt: at,
    updatedAt: at,
  })
}

/**
 * The account by which somebody is known from now on, or none: where he was here before he first signed in by it.
 * Problems: exists.
 */
export async function accountFor(
  library: Library,
  person: string,
  account: ChangePerson['account'],
): Promise<{ account: Person['account'] | undefined }> {
  if (account === null || account === undefined) return { account: undefined }
  const other = (await library.people()).find((one) => one.id !== person && isOf(one, account))
  if (other !== undefined) throw problem('exists', { pointer: '/account', person: other.id })
  return { account: { ...account } }
}

const isOf = (person: Pick<Person, 'account'>, { issuer, subject }: Pick<Account, 'issuer' | 'subject'>) =>
  person.account?.issuer === issuer && person.account.subject === subject
const sameRoles = (a: readonly Role[], b: readonly Role[]): boolean =>
  a.length === b.length && a.every((role) => b.includes(role))
