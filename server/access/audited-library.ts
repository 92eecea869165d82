/**
 * The library as the server uses it: what changes people, tokens, processes, settings or the clock goes on record.
 *
 * Promises: no such change without an entry. The entry that says it is meant is durable before the change begins, because
 * library and audit are two places that no commit can hold together; a second entry says that it was done, or that it
 * failed. One without a second was cut off by a crash: the library shows what came of it. Whoever changes the library
 * does it through here, whatever route or start led there, so that none can be forgotten; a new method of the library
 * does not compile until it is decided here.
 * Must not: put a secret or what a person is called on record. Drafts are not: each has its revisions, and says at its
 * publishing what it is; nor are sessions.
 */
import { hashOf } from '../../machines/definition/hash.ts'
import type { AuditLog, AuditNote } from '../store/audit-port.ts'
import type { Library, Person, PersonInput } from '../store/library-port.ts'
import { whoActs } from './acting.ts'

/** Which methods go on record. */
const DECIDED = {
  processes: false,
  createProcess: true,
  draft: false,
  saveDraft: false,
  deleteDraft: true,
  versions: false,
  version: false,
  latest: false,
  publish: true,
  approve: true,
  saveApproval: true,
  archive: true,
  scenarios: false,
  scenario: false,
  scenarioRevision: false,
  saveScenario: false,
  deleteScenario: true,
  requireScenarios: true,
  settings: false,
  saveSettings: true,
  calendarSet: false,
  people: false,
  person: false,
  savePerson: true,
  personByTokenHash: false,
  tokenUsed: false,
  session: false,
  saveSession: false,
  deleteSession: false,
  deleteSessionsOf: false,
  forgetSessions: false,
  manualClock: false,
  saveManualClock: true,
  close: false,
} as const satisfies Record<keyof Library, boolean>
type Recorded = { [K in keyof Library]: (typeof DECIDED)[K] extends true ? K : never }[keyof Library]

type What = Pick<AuditNote, 'kind' | 'subject' | 'detail'>

/** @param now real time, epoch ms */
export function auditedLibrary(library: Library, log: Pick<AuditLog, 'append'>, now: () => number): Library {
  const at = () => new Date(now()).toISOString()

  async function record<T>({ kind, subject, detail }: What, change: () => Promise<T>): Promise<T> {
    const said = { kind, subject, ...whoActs() }
    const meant = await log.append({
      ...said,
      at: at(),
      outcome: 'meant',
      ...(detail === undefined ? {} : { detail }),
    })
    const conclude = (outcome: 'done' | 'failed') => log.append({ ...said, at: at(), outcome, of: meant.n })
    let changed: T
    try {
      changed = await change()
    } catch (error) {
      await conclude('failed')
      throw error
    }
    await conclude('done')
    return changed
  }

  const recorded: Pick<Library, Recorded> = {
    createProcess: (process, draft) =>
      record({ kind: 'process.create', subject: process }, () => library.createProcess(process, draft)),
    deleteDraft: (process, expected) =>
      record({ kind: 'draft.delete', subject: process, detail: { revision: expected } }, () =>
        library.deleteDraft(process, expected),
      ),
    publish: (process, expected, version, admit) =>
      record(
        {
          kind: 'process.publish',
          subject: process,
          detail: { revision: expected, hash: hashOf(version.definition) },
        },
        () => library.publish(process, expected, version, admit),
      ),
    approve: (process, expected, approval) =>
      record({ kind: 'draft.approve', subject: process, detail: { revision: expected } }, () =>
        library.approve(process, expected, approval),
      ),
    saveApproval: (process, expected, approval) =>
      record({ kind: 'process.approval-rule', subject: process, detail: { hash: hashOf(approval) } }, () =>
        library.saveApproval(process, expected, approval),
      ),
    archive: (process, when) =>
      record({ kind: when === undefined ? 'process.unarchive' : 'process.archive', subject: process }, () =>
        library.archive(process, when),
      ),
    deleteScenario: (id, expected) =>
      record({ kind: 'scenario.delete', subject: id, detail: { revision: expected } }, () =>
        library.deleteScenario(id, expected),
      ),
    requireScenarios: (process, rule) =>
      record({ kind: 'process.scenario-rule', subject: process, detail: { hash: hashOf(rule) } }, () =>
        library.requireScenarios(process, rule),
      ),
    saveSettings: async (expected, value) => {
      const before = (await library.settings()).value
      return record({ kind: 'settings.save', subject: 'settings', detail: differing(before, value) }, () =>
        library.saveSettings(expected, value),
      )
    },
    savePerson: async (expected, person) => {
      const before = await library.person(person.id)
      return record({ kind: 'person.save', subject: person.id, detail: personDetail(before, person) }, () =>
        library.savePerson(expected, person),
      )
    },
    saveManualClock: async (to) => {
      const from = await library.manualClock()
      // It stands where it stood: a start.
      if (from === to) return
      await record(
        { kind: 'clock.move', subject: 'clock', detail: { ...(from === undefined ? {} : { from }), to } },
        () => library.saveManualClock(to),
      )
    },
  }

  return new Proxy(library, {
    get: (target, key) => {
      const own: unknown = Reflect.get(recorded, key)
      if (own !== undefined) return own
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** The names of what differs. */
function differing(before: object, after: object): { changed: string[] } {
  const was = new Map(Object.entries(before))
  const is = new Map(Object.entries(after))
  const names = new Set([...was.keys(), ...is.keys()])
  return {
    changed: [...names]
      .filter((name) => JSON.stringify(was.get(name)) !== JSON.stringify(is.get(name)))
      .sort(),
  }
}

/** Roles and tokens by what they are; of all else only that it changed. */
function personDetail(before: Person | undefined, after: PersonInput): Record<string, unknown> {
  const { revision: _revision, ...was } = before ?? {}
  const ids = (person: Pick<Person, 'tokens'> | undefined) => person?.tokens.map(({ id }) => id) ?? []
  const made = ids(after).filter((id) => !ids(before).includes(id))
  const revoked = ids(before).filter((id) => !ids(after).includes(id))
  const [from, to] = [before?.roles ?? [], after.roles]
  return {
    changed: differing(was, after).changed.filter((name) => name !== 'updatedAt'),
    ...(from.join() === to.join() ? {} : { roles: { from, to } }),
    ...(made.length === 0 ? {} : { tokensMade: made }),
    ...(revoked.length === 0 ? {} : { tokensRevoked: revoked }),
  }
}
