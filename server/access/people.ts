/**
 * People, their roles, certificates and tokens.
 *
 * Promises: someone who can administer the server always remains; a token's secret is returned once, by the call
 * that makes it; who is disabled or loses a token is signed out at once.
 * Must not: decide who may call these (`policy.ts`), or delete a person: histories name him.
 */
import type { Actor } from '../../machines/advance/job.ts'
import { isSample } from '../../machines/advance/sample.ts'
import type { Role } from '../../machines/definition/schema.ts'
import { dayAt } from '../../machines/time/zone.ts'
import type {
  ChangePerson,
  CreatePerson,
  CreateToken,
  NewToken,
  PutCertificate,
  PutOvertime,
  RoleLimit,
} from '../../machines/wire/people.ts'
import type { Clock } from '../clock.ts'
import type { Ids } from '../ids.ts'
import { problem, wrongAt } from '../problem-details.ts'
import { type Library, type Person, type PersonInput, StaleRevision } from '../store/library-port.ts'
import { type Account, accountFor, meet } from './accounts.ts'
import { actVia } from './acting.ts'
import { hashSecret, newToken } from './secrets.ts'

/** Enough for every device; a list without end is a mistake. */
const MOST_TOKENS = 50

export type People = {
  list(): Promise<Person[]>
  /** Problems: person-not-found. */
  get(id: string): Promise<Person>
  /** Problems: exists. */
  create(body: CreatePerson): Promise<Person>
  /** Problems: person-not-found, precondition-failed, last-administrator; as all that follow. */
  change(id: string, change: ChangePerson, ifMatch?: number): Promise<Person>
  putCertificate(id: string, kind: string, validity: PutCertificate, ifMatch?: number): Promise<Person>
  removeCertificate(id: string, kind: string, ifMatch?: number): Promise<Person>
  /** One's own, or anybody's by who hands out the work. Problems: forbidden, body-invalid. */
  putOvertime(id: string, date: string, body: PutOvertime, by: Actor, ifMatch?: number): Promise<Person>
  removeOvertime(id: string, date: string, by: Actor, ifMatch?: number): Promise<Person>
  addToken(id: string, body: CreateToken): Promise<NewToken>
  removeToken(id: string, token: string): Promise<void>
  /** Whoever the provider of sign-in tells of. Problems: account-disabled, account-no-role, last-administrator. */
  meet(account: Account): Promise<Person>
}

/** Can sign in and administer. */
export const isAdministrator = (person: Pick<Person, 'roles' | 'disabled'>): boolean =>
  person.disabled !== true && person.roles.includes('administrator')

/** `jobClock`: the jobs' time, by which overtime is agreed beforehand. */
type PeopleDeps = {
  library: Library
  clock: Clock
  jobClock: Clock
  ids: Ids
  /** Told of everybody who was changed, so that what he has open is looked at anew. */
  changed(person: string): void
}

/** An account can be taken away; everything else only takes another value. */
type Change = Partial<Omit<PersonInput, 'account'>> & { account?: Person['account'] | undefined }

export function createPeople({ library, clock, jobClock, ids, changed }: PeopleDeps): People {
  const now = () => new Date(clock.now()).toISOString()

  // One change at a time: two administrators who take each other's role at once would both succeed.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }

  async function get(id: string): Promise<Person> {
    const person = await library.person(id)
    if (person === undefined) throw problem('person-not-found')
    return person
  }

  const update = (
    id: string,
    ifMatch: number | undefined,
    make: (person: Person) => Change | Promise<Change>,
  ): Promise<Person> =>
    inTurn(async () => {
      const person = await get(id)
      if (ifMatch !== undefined && ifMatch !== person.revision)
        throw problem('precondition-failed', { expected: ifMatch, current: person.revision })
      const { revision, ...input } = person
      const { account, ...rest } = { ...input, ...(await make(person)) }
      const next = { ...rest, ...(account === undefined ? {} : { account }), updatedAt: now() }
      if (isAdministrator(person) && !isAdministrator(next)) await requireOtherAdministrator(library, id)
      const saved = await library.savePerson(revision, next)
      changed(id)
      return saved
    })

  return {
    list: () => library.people(),
    get,
    create: (body) =>
      inTurn(async () => {
        // Such an id says that somebody is of a sample day, and that he may go with it.
        if (body.id !== undefined && isSample(body.id)) throw problem('exists', { pointer: '/id' })
        const at = now()
        try {
          return await library.savePerson(0, {
            id: body.id ?? ids.id(),
            name: body.name.trim(),
            roles: unique(body.roles),
            certificates: [],
            ...(body.regions === undefined ? {} : { regions: trimmed(body.regions) }),
            ...limited(body.limits, body.roles),
            tokens: [],
            createdAt: at,
            updatedAt: at,
          })
        } catch (error) {
          if (error instanceof StaleRevision) throw problem('exists', { pointer: '/id' })
          throw error
        }
      }),
    change: async (id, change, ifMatch) => {
      const person = await update(id, ifMatch, async (before) => ({
        ...(change.name === undefined ? {} : { name: change.name.trim() }),
        ...(change.roles === undefined ? {} : { roles: unique(change.roles) }),
        ...(change.regions === undefined ? {} : { regions: trimmed(change.regions) }),
        ...limited(change.limits ?? before.limits, change.roles ?? before.roles),
        ...(change.account === undefined ? {} : await accountFor(library, id, change.account)),
        ...(change.disabled === undefined ? {} : { disabled: change.disabled }),
      }))
      if (person.disabled === true || change.account !== undefined) await library.deleteSessionsOf(id)
      return person
    },
    putCertificate: (id, kind, { validFrom, validUntil }, ifMatch) => {
      const validity = { validFrom: utc(validFrom), validUntil: utc(validUntil) }
      if (validity.validFrom >= validity.validUntil)
        throw problem('body-invalid', {
          errors: [wrongAt('/validUntil', 'must lie after validFrom', '须晚于 validFrom')],
        })
      return update(id, ifMatch, (person) => ({
        certificates: [...person.certificates.filter((one) => one.kind !== kind), { kind, ...validity }],
      }))
    },
    removeCertificate: (id, kind, ifMatch) =>
      update(id, ifMatch, (person) => {
        const certificates = person.certificates.filter((one) => one.kind !== kind)
        if (certificates.length === person.certificates.length) throw problem('not-found')
        return { certificates }
      }),
    putOvertime: async (id, date, { minutes }, by, ifMatch) => {
      requireOwn(id, by)
      const now = new Date(jobClock.now()).toISOString()
      const { timeZone } = (await library.settings()).value
      if (date < dayAt(now, timeZone))
        throw problem('body-invalid', {
          in: 'params',
          detail: {
            en: 'Overtime is agreed beforehand; this day is over.',
            zh: '加班须事先同意，该日期已过。',
          },
          errors: [wrongAt('/date', 'must not lie in the past', '不得早于今天')],
        })
      return update(id, ifMatch, ({ overtime = [] }) => ({
        overtime: [
          ...overtime.filter((one) => one.date !== date),
          { date, minutes, by: by.id, at: now },
        ].toSorted((a, b) => (a.date < b.date ? -1 : 1)),
      }))
    },
    removeOvertime: async (id, date, by, ifMatch) => {
      requireOwn(id, by)
      return update(id, ifMatch, ({ overtime = [] }) => {
        const left = overtime.filter((one) => one.date !== date)
        if (left.length === overtime.length) throw problem('not-found')
        return { overtime: left }
      })
    },
    meet: (account) =>
      inTurn(() =>
        actVia('provider', () =>
          meet(account, {
            library,
            ids,
            now,
            changed,
            requireOtherAdministrator: (id) => requireOtherAdministrator(library, id),
          }),
        ),
      ),
    addToken: async (id, body) => {
      const token = newToken(ids)
      const view = {
        id: ids.id(),
        name: body.name.trim(),
        createdAt: now(),
        ...(body.expiresAt === undefined ? {} : { expiresAt: utc(body.expiresAt) }),
      }
      await update(id, undefined, (person) => {
        if (person.tokens.length >= MOST_TOKENS)
          throw problem('bad-request', {
            detail: `a person may have ${MOST_TOKENS} tokens; revoke one first`,
          })
        return { tokens: [...person.tokens, { ...view, hash: hashSecret(token) }] }
      })
      return { ...view, token }
    },
    removeToken: async (id, token) => {
      await update(id, undefined, (person) => {
        const tokens = person.tokens.filter((one) => one.id !== token)
        if (tokens.length === person.tokens.length) throw problem('not-found')
        return { tokens }
      })
      await library.deleteSessionsOf(id)
      changed(id)
    },
  }
}

/** Who hands out the work writes down what was agreed; anybody else only for himself. */
function requireOwn(id: string, by: Actor): void {
  const handsOut = by.roles.includes('dispatcher') || by.roles.includes('administrator')
  if (by.id !== id && !handsOut) throw problem('forbidden')
}

const trimmed = (regions: readonly string[]): string[] => [...new Set(regions.map((one) => one.trim()))]
const unique = (roles: readonly Role[]): Role[] => [...new Set(roles)]
/** Of a role that he does not have there is nothing to limit: what is given back to him later is decided then. */
const limited = (limits: readonly RoleLimit[] | undefined, roles: readonly Role[]): Pick<Person, 'limits'> =>
  limits === undefined ? {} : { limits: limits.filter(({ role }) => roles.includes(role)) }
/** As all times are kept: UTC with milliseconds. */
const utc = (time: string): string => new Date(time).toISOString()

async function requireOtherAdministrator(library: Library, id: string): Promise<void> {
  const people = await library.people()
  if (!people.some((person) => person.id !== id && isAdministrator(person)))
    throw problem('last-administrator')
}
