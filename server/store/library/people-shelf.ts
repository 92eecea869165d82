/**
 * People with their tokens, and browsers' sessions.
 *
 * Promises: a token's hash leads to one person. Uses of tokens are gathered in memory and written with the next
 * change, since a sync for every request would be a poor bargain.
 * Must not: see a secret, or decide who may sign in (`access/` does).
 */
import {
  type Person,
  type PersonInput,
  type Session,
  StaleRevision,
  type TokenRecord,
  TokenTaken,
} from '../library-port.ts'
import { PeopleFile, SessionsFile } from './records.ts'
import { freeze, type Place, Shelf } from './shelf.ts'

const openPeople = (place: Place) => Shelf.open(place, 'people', PeopleFile)
const openSessions = (place: Place) => Shelf.open(place, 'sessions', SessionsFile)
type PeopleRecords = Awaited<ReturnType<typeof openPeople>>
type SessionRecords = Awaited<ReturnType<typeof openSessions>>

export class PeopleShelf {
  readonly #people: PeopleRecords
  readonly #sessions: SessionRecords
  readonly #byId = new Map<string, Person>()
  readonly #byToken = new Map<string, string>()
  readonly #bySession = new Map<string, Session>()
  readonly #used = new Map<string, string>()

  private constructor(people: PeopleRecords, sessions: SessionRecords) {
    this.#people = people
    this.#sessions = sessions
    this.#index()
    this.#indexSessions()
  }

  /** Throws `LibraryCorrupt`. */
  static async open(place: Place): Promise<PeopleShelf> {
    return new PeopleShelf(await openPeople(place), await openSessions(place))
  }

  #index(): void {
    this.#byId.clear()
    this.#byToken.clear()
    for (const person of this.#people.present?.people ?? []) {
      this.#byId.set(person.id, person)
      for (const { hash } of person.tokens) this.#byToken.set(hash, person.id)
    }
  }

  all(): Person[] {
    return [...this.#byId.values()].map((person) => this.#withUses(person))
  }

  find(id: string): Person | undefined {
    const person = this.#byId.get(id)
    return person && this.#withUses(person)
  }

  byToken(hash: string): { person: Person; token: TokenRecord } | undefined {
    const person = this.find(this.#byToken.get(hash) ?? '')
    const token = person?.tokens.find((one) => one.hash === hash)
    return person && token && { person, token }
  }

  used(hash: string, at: string): void {
    if (this.#byToken.has(hash)) this.#used.set(hash, at)
  }

  async save(expected: number, input: PersonInput): Promise<Person> {
    await this.#people.change((present) => {
      const people = present?.people ?? []
      const current = people.find(({ id }) => id === input.id)?.revision ?? 0
      if (current !== expected) throw new StaleRevision(`person ${input.id}`, expected, current)
      const others = people.filter(({ id }) => id !== input.id)
      const taken = new Set(others.flatMap(({ tokens }) => tokens.map(({ hash }) => hash)))
      if (input.tokens.some(({ hash }) => taken.has(hash))) throw new TokenTaken()
      const next = [...others, { ...input, revision: current + 1 }]
      return { people: next.map((person) => this.#withUses(person)).sort((a, b) => (a.id < b.id ? -1 : 1)) }
    })
    this.#index()
    const saved = this.find(input.id)
    if (!saved) throw new TypeError('unreachable')
    return saved
  }

  #withUses(person: Person): Person {
    if (!person.tokens.some(({ hash, lastUsedAt = '' }) => (this.#used.get(hash) ?? '') > lastUsedAt))
      return person
    const tokens = person.tokens.map((token) => {
      const at = this.#used.get(token.hash)
      return at === undefined || at <= (token.lastUsedAt ?? '') ? token : { ...token, lastUsedAt: at }
    })
    return freeze({ ...person, tokens })
  }

  #indexSessions(): void {
    this.#bySession.clear()
    for (const session of this.#sessions.present?.sessions ?? []) this.#bySession.set(session.hash, session)
  }

  session(hash: string): Session | undefined {
    return this.#bySession.get(hash)
  }

  async saveSession(session: Session): Promise<void> {
    await this.#changeSessions((all) => [...all.filter(({ hash }) => hash !== session.hash), session])
  }

  /** Nothing is written where all are kept. */
  async keepSessions(keep: (session: Session) => boolean): Promise<void> {
    if ([...this.#bySession.values()].every(keep)) {
      await this.#sessions.idle()
      if ([...this.#bySession.values()].every(keep)) return
    }
    await this.#changeSessions((all) => all.filter(keep))
  }

  async #changeSessions(make: (all: readonly Session[]) => Session[]): Promise<void> {
    await this.#sessions.change((present) => ({ sessions: make(present?.sessions ?? []) }))
    this.#indexSessions()
  }

  /** Writes the uses that no change took along. */
  async close(): Promise<void> {
    if (this.#used.size > 0) {
      await this.#people.change((present) => ({
        people: (present?.people ?? []).map((person) => this.#withUses(person)),
      }))
    }
  }
}
