/**
 * The library over a place where records are kept: a folder of JSON files, or memory.
 *
 * Promises: all that `library-port.ts` asks. Everything is read and checked when it is opened, so that a broken
 * file stops the start and not a job in the middle of the night.
 * Must not: know where the records are.
 */

import Value from 'typebox/value'
import type { CalendarSet } from '../../../machines/time/calendar.ts'
import { calendarSet } from '../../../machines/time/calendar-set.ts'
import type { Approval } from '../../../machines/wire/drafts.ts'
import type { Retention } from '../../../machines/wire/privacy.ts'
import {
  type Admit,
  type ApprovalRecord,
  type DraftInput,
  type DraftRecord,
  type Library,
  LibraryCorrupt,
  type Person,
  type PersonInput,
  ProcessId,
  type ProcessRecord,
  type ScenarioInput,
  type ScenarioRecord,
  type ScenarioRule,
  type Session,
  type Settings,
  type SettingsRecord,
  StaleRevision,
  type TokenRecord,
  type VersionInput,
  type VersionRecord,
} from '../library-port.ts'
import { PeopleShelf } from './people-shelf.ts'
import { ProcessShelf } from './process-shelf.ts'
import { ClockFile, SettingsFile } from './records.ts'
import { ScenarioShelves } from './scenario-shelf.ts'
import { freeze, type Place, Shelf } from './shelf.ts'

const openSettings = (place: Place) => Shelf.open(place, 'settings', SettingsFile)
const openClock = (place: Place) => Shelf.open(place, 'clock', ClockFile)
type SettingsFileShelf = Awaited<ReturnType<typeof openSettings>>

class ShelfLibrary implements Library {
  readonly #place: Place
  readonly #processes: Map<string, ProcessShelf>
  readonly #settings: SettingsFileShelf
  readonly #people: PeopleShelf
  readonly #scenarios: ScenarioShelves
  readonly #clock: Awaited<ReturnType<typeof openClock>>
  readonly #changing = new Set<Promise<unknown>>()
  #closed = false

  constructor(parts: {
    place: Place
    processes: Map<string, ProcessShelf>
    settings: SettingsFileShelf
    people: PeopleShelf
    scenarios: ScenarioShelves
    clock: Awaited<ReturnType<typeof openClock>>
  }) {
    this.#place = parts.place
    this.#processes = parts.processes
    this.#settings = parts.settings
    this.#people = parts.people
    this.#scenarios = parts.scenarios
    this.#clock = parts.clock
  }

  /** The process's shelf, an empty one for a process that is new. */
  async #shelf(process: string): Promise<ProcessShelf> {
    if (!Value.Check(ProcessId, process))
      throw new TypeError(`${JSON.stringify(process)} cannot name a process`)
    const known = this.#processes.get(process)
    if (known) return known
    const opened = await ProcessShelf.open(this.#place, process)
    // Another may have opened it meanwhile: there must be one queue of writers for a process.
    const first = this.#processes.get(process) ?? opened
    this.#processes.set(process, first)
    return first
  }

  /** Every change runs in here, so that `close` knows what to wait for. */
  async #change<T>(run: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error('the library is closed')
    const changing = run()
    this.#changing.add(changing)
    try {
      return await changing
    } finally {
      this.#changing.delete(changing)
    }
  }

  async processes(): Promise<ProcessRecord[]> {
    return [...this.#processes.values()]
      .flatMap((shelf) => shelf.record ?? [])
      .sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  async createProcess(process: string, draft: DraftInput): Promise<DraftRecord> {
    return await this.#change(async () => (await this.#shelf(process)).create(draft))
  }

  async draft(process: string): Promise<DraftRecord | undefined> {
    return this.#processes.get(process)?.draft
  }

  async saveDraft(process: string, expected: number, draft: DraftInput): Promise<DraftRecord> {
    return await this.#change(async () => (await this.#shelf(process)).saveDraft(expected, draft))
  }

  async deleteDraft(process: string, expected: number): Promise<void> {
    await this.#change(async () => (await this.#shelf(process)).deleteDraft(expected))
  }

  async versions(process: string): Promise<VersionRecord[]> {
    return [...(this.#processes.get(process)?.versions ?? [])]
  }

  async version(process: string, version: number): Promise<VersionRecord | undefined> {
    return this.#processes.get(process)?.versions[version - 1]
  }

  async latest(process: string): Promise<VersionRecord | undefined> {
    return this.#processes.get(process)?.versions.at(-1)
  }

  async publish(
    process: string,
    expected: number,
    version: VersionInput,
    admit?: Admit,
  ): Promise<VersionRecord> {
    return await this.#change(async () => (await this.#shelf(process)).publish(expected, version, admit))
  }

  async approve(process: string, expected: number, approval: Approval): Promise<DraftRecord> {
    return await this.#change(async () => (await this.#shelf(process)).approve(expected, approval))
  }

  async saveApproval(
    process: string,
    expected: number,
    approval: Omit<ApprovalRecord, 'revision'>,
  ): Promise<ApprovalRecord> {
    return await this.#change(async () => (await this.#shelf(process)).saveApproval(expected, approval))
  }

  async archive(process: string, at: string | undefined): Promise<void> {
    await this.#change(async () => this.#processes.get(process)?.archive(at))
  }

  async scenarios(): Promise<ScenarioRecord[]> {
    return this.#scenarios.all()
  }

  async scenario(id: string): Promise<ScenarioRecord | undefined> {
    return this.#scenarios.find(id)
  }

  async scenarioRevision(id: string): Promise<number> {
    return this.#scenarios.revision(id)
  }

  async saveScenario(expected: number, scenario: ScenarioInput): Promise<ScenarioRecord> {
    return await this.#change(() => this.#scenarios.save(expected, scenario))
  }

  async deleteScenario(id: string, expected: number): Promise<void> {
    await this.#change(() => this.#scenarios.delete(id, expected))
  }

  async requireScenarios(process: string, rule: ScenarioRule): Promise<void> {
    await this.#change(async () => this.#processes.get(process)?.requireScenarios(rule))
  }

  async saveRetention(process: string, rule: Retention): Promise<void> {
    await this.#change(async () => this.#processes.get(process)?.saveRetention(rule))
  }

  async settings(): Promise<SettingsRecord> {
    return settingsRecord(this.#settings.present)
  }

  async saveSettings(expected: number, value: Settings): Promise<SettingsRecord> {
    const saved = await this.#change(() =>
      this.#settings.change((present) => {
        const current = present?.revision ?? 0
        if (current !== expected) throw new StaleRevision('settings', expected, current)
        const set = calendarSet(value.calendars, value.timeZone)
        const before = (present?.calendarSets ?? []).filter(({ hash }) => hash !== set.hash)
        return { revision: current + 1, value, calendarSets: [...before, set] }
      }),
    )
    return settingsRecord(saved)
  }

  async calendarSet(hash: string): Promise<CalendarSet | undefined> {
    return this.#settings.present?.calendarSets.find((set) => set.hash === hash)
  }

  async people(): Promise<Person[]> {
    return this.#people.all()
  }

  async person(id: string): Promise<Person | undefined> {
    return this.#people.find(id)
  }

  async savePerson(expected: number, person: PersonInput): Promise<Person> {
    return await this.#change(() => this.#people.save(expected, person))
  }

  async personByTokenHash(hash: string): Promise<{ person: Person; token: TokenRecord } | undefined> {
    return this.#people.byToken(hash)
  }

  async tokenUsed(hash: string, at: string): Promise<void> {
    this.#people.used(hash, at)
  }

  async session(hash: string): Promise<Session | undefined> {
    return this.#people.session(hash)
  }

  async saveSession(session: Session): Promise<void> {
    await this.#change(() => this.#people.saveSession(session))
  }

  async deleteSession(hash: string): Promise<void> {
    await this.#change(() => this.#people.keepSessions((session) => session.hash !== hash))
  }

  async deleteSessionsOf(person: string): Promise<void> {
    await this.#change(() => this.#people.keepSessions((session) => session.person !== person))
  }

  async forgetSessions(before: string): Promise<void> {
    await this.#change(() => this.#people.keepSessions((session) => session.expiresAt >= before))
  }

  async manualClock(): Promise<string | undefined> {
    return this.#clock.present?.now
  }

  async saveManualClock(now: string): Promise<void> {
    await this.#change(() => this.#clock.change(() => ({ now })))
  }

  /** Everything asked for before is written first. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await Promise.allSettled(this.#changing)
    await this.#people.close()
  }
}

function settingsRecord(present: SettingsFileShelf['present']): SettingsRecord {
  const set = present?.calendarSets.at(-1)
  if (!present || !set) throw new TypeError('unreachable: settings are written when the library is opened')
  return Object.freeze({ revision: present.revision, value: present.value, calendarSet: set })
}

/**
 * Reads and checks everything in a place.
 * @param settings in force until others are saved; written at once, since histories name them by their hash
 * @throws LibraryCorrupt
 */
export async function openLibraryIn(place: Place, settings: Settings): Promise<Library> {
  const settingsShelf = await openSettings(place)
  for (const { hash, calendars, timeZone } of settingsShelf.present?.calendarSets ?? []) {
    if (calendarSet(calendars, timeZone).hash === hash) continue
    throw new LibraryCorrupt(settingsShelf.description, `calendars ${hash} are not those that were in force`)
  }
  const processes = new Map<string, ProcessShelf>()
  for (const id of await place.names('processes')) processes.set(id, await ProcessShelf.open(place, id))
  const [people, clock] = [await PeopleShelf.open(place), await openClock(place)]
  const scenarios = await ScenarioShelves.open(place)
  if (!settingsShelf.present) {
    const set = freeze(structuredClone(calendarSet(settings.calendars, settings.timeZone)))
    const value = { timeZone: set.timeZone, calendars: set.calendars }
    await settingsShelf.change(() => ({ revision: 1, value, calendarSets: [set] }))
  }
  return new ShelfLibrary({ place, processes, settings: settingsShelf, people, scenarios, clock })
}
