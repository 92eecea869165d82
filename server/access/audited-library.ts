/**
 * The library as the server uses it: what changes people, tokens, processes, settings or the clock goes on record.
 *
 * Promises: no such change without its entries (`record.ts`). Whoever changes the library does it through here, whatever route
 * or start led there, so that none can be forgotten; a new method of the library does not compile until it is decided here.
 * Must not: put a secret or what a person is called on record. Drafts and scenarios as they are saved are not: each has its
 * revisions, and a draft says at its publishing what it is; nor are sessions.
 */
import { hashOf } from '../../machines/definition/hash.ts'
import type { AuditLog } from '../store/audit-port.ts'
import type { Library } from '../store/library-port.ts'
import { personDetail } from './person-detail.ts'
import { createRecorder, differing } from './record.ts'

/** @param now real time, epoch ms */
export function auditedLibrary(library: Library, log: Pick<AuditLog, 'append'>, now: () => number): Library {
  const record = createRecorder(log, now)
  return {
    ...unrecorded(library),
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
        (published) => ({ version: published.version }),
      ),
    approve: (process, expected, approval) =>
      record(
        {
          kind: 'draft.approve',
          subject: process,
          detail: { revision: expected, verdict: approval.verdict },
        },
        () => library.approve(process, expected, approval),
      ),
    saveApproval: (process, expected, approval) =>
      record(
        {
          kind: 'process.approval-rule',
          subject: process,
          detail: {
            rule: approval.rule,
            ...(approval.proposal === undefined ? {} : { proposed: approval.proposal.rule }),
            hash: hashOf(approval),
          },
        },
        () => library.saveApproval(process, expected, approval),
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
      record(
        {
          kind: 'process.scenario-rule',
          subject: process,
          detail: { required: rule.required, hash: hashOf(rule) },
        },
        () => library.requireScenarios(process, rule),
      ),
    saveRetention: (process, rule) =>
      record({ kind: 'process.retention', subject: process, detail: { days: rule.days } }, () =>
        library.saveRetention(process, rule),
      ),
    saveSettings: async (expected, value) => {
      const before = (await library.settings()).value
      const detail = { changed: differing(before, value) }
      return record({ kind: 'settings.save', subject: 'settings', detail }, () =>
        library.saveSettings(expected, value),
      )
    },
    savePerson: async (expected, person) => {
      // Somebody new with the id of another is refused: what is said is that he was to be made.
      const before = expected === 0 ? undefined : await library.person(person.id)
      return record({ kind: 'person.save', subject: person.id, detail: personDetail(before, person) }, () =>
        library.savePerson(expected, person),
      )
    },
    saveManualClock: async (to) => {
      const from = await library.manualClock()
      // It stands where it stood: a start.
      if (from === to) return
      const detail = { ...(from === undefined ? {} : { from }), to }
      await record({ kind: 'clock.move', subject: 'clock', detail }, () => library.saveManualClock(to))
    },
  }
}

type Recorded =
  | 'createProcess'
  | 'deleteDraft'
  | 'publish'
  | 'approve'
  | 'saveApproval'
  | 'archive'
  | 'deleteScenario'
  | 'requireScenarios'
  | 'saveRetention'
  | 'saveSettings'
  | 'savePerson'
  | 'saveManualClock'

/** What is read, and what is not put on record. */
const unrecorded = (library: Library): Omit<Library, Recorded> => ({
  processes: () => library.processes(),
  draft: (process) => library.draft(process),
  saveDraft: (process, expected, draft) => library.saveDraft(process, expected, draft),
  versions: (process) => library.versions(process),
  version: (process, version) => library.version(process, version),
  latest: (process) => library.latest(process),
  scenarios: () => library.scenarios(),
  scenario: (id) => library.scenario(id),
  scenarioRevision: (id) => library.scenarioRevision(id),
  saveScenario: (expected, scenario) => library.saveScenario(expected, scenario),
  settings: () => library.settings(),
  calendarSet: (hash) => library.calendarSet(hash),
  people: () => library.people(),
  person: (id) => library.person(id),
  personByTokenHash: (hash) => library.personByTokenHash(hash),
  tokenUsed: (hash, at) => library.tokenUsed(hash, at),
  session: (hash) => library.session(hash),
  saveSession: (session) => library.saveSession(session),
  deleteSession: (hash) => library.deleteSession(hash),
  deleteSessionsOf: (person) => library.deleteSessionsOf(person),
  forgetSessions: (before) => library.forgetSessions(before),
  manualClock: () => library.manualClock(),
  close: () => library.close(),
})
