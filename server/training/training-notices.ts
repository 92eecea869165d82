/**
 * What the training room tells people: what is assigned to them, what they missed, which certificate runs out.
 *
 * Promises: each message once, also after a restart and whoever else tells it; nobody is told of what is long past.
 * Must not: change anything but inboxes.
 */
import type { Text } from '../../machines/definition/schema.ts'
import { toLocal, zoneOf } from '../../machines/time/zone.ts'
import { latestDefinitions } from '../library/check-definition.ts'
import type { Library, Person } from '../store/library-port.ts'
import type { NoticeStore, PageNotice } from '../store/notice-port.ts'
import type { Assignment, TrainingStore } from '../store/training-port.ts'
import { assignedTo, standingOf } from './assignments.ts'
import * as words from './training-words.ts'

const DAY_MS = 24 * 3600 * 1000
/** Days before the end at which it is told; 0: it has run out. */
const STAGES = [0, 7, 30] as const
/** Longer ago nobody is told any more. */
const PAST_MS = 30 * DAY_MS
const MOST = 2000

export type TrainingNotices = {
  /** Of one that was just made. */
  assigned(assignment: Assignment): Promise<void>
  /** All that is to be told now and was not. */
  tell(): Promise<void>
}
type NoticeDeps = {
  store: Pick<NoticeStore, 'layNotice'> & { readonly training: TrainingStore }
  library: Library
  now(): number
  /** Something was laid into these inboxes. */
  told(people: readonly string[]): void
}
type Sent = Pick<PageNotice, 'id' | 'kind' | 'page' | 'to' | 'message'>

export function createTrainingNotices({ store, library, now, told }: NoticeDeps): TrainingNotices {
  /** Spares asking the store again and again. */
  const known = new Set<string>()

  async function lay(notice: Sent, people: readonly string[]): Promise<void> {
    if (known.has(notice.id) || people.length === 0) return
    const laid = await store.layNotice({ ...notice, at: new Date(now()).toISOString() }, people)
    known.add(notice.id)
    if (laid) told(people)
  }

  /** As the clock on the wall shows it. */
  async function clockTime(): Promise<(iso: string) => string> {
    const zone = zoneOf((await library.settings()).value.timeZone)
    return (iso) => new Date(toLocal(zone, Date.parse(iso))).toISOString().slice(0, 16).replace('T', ' ')
  }

  const present = async (): Promise<Person[]> =>
    (await library.people()).filter(({ disabled }) => disabled !== true)

  async function tellAssignment(assignment: Assignment, people: readonly Person[]): Promise<void> {
    const { id, dueAt, mode, title } = assignment
    const when = (await clockTime())(dueAt)
    const counts = await store.training.assignmentCounts([id])
    const standing = assignedTo(assignment, people).map((person) => ({
      person,
      status: standingOf(
        counts.find((count) => count.person === person.id),
        dueAt,
        now(),
      ),
    }))
    const missed = standing.filter(({ status }) => status === 'late').map(({ person }) => person)
    const toPerson = (person: Person, about: string, kind: Sent['kind'], message: Text) =>
      lay(
        {
          id: `assignment.${id}.${person.id}.${about}`,
          kind,
          page: 'training',
          to: [{ person: person.id }],
          message,
        },
        [person.id],
      )
    for (const { person, status } of standing)
      if (status === 'waiting')
        await toPerson(person, 'assigned', 'notify', words.assigned({ title, mode, when }))
    for (const person of missed) await toPerson(person, 'late', 'remind', words.missed({ title, when }))
    if (missed.length === 0 || !people.some(({ id: known }) => known === assignment.by)) return
    const message = words.missedBy({ title, when, names: missed.map(({ name }) => name) })
    await lay(
      {
        ...{ id: `assignment.${id}.late`, kind: 'remind', page: 'assignments', message },
        to: [{ person: assignment.by }],
      },
      [assignment.by],
    )
  }

  async function tellAssignments(people: readonly Person[]): Promise<void> {
    for (const assignment of await store.training.assignments(MOST))
      if (assignment.withdrawnAt === undefined && Date.parse(assignment.dueAt) > now() - PAST_MS)
        await tellAssignment(assignment, people)
  }

  async function titlesOfCertificates(): Promise<(kind: string) => Text> {
    const titles = new Map(
      (await latestDefinitions(library)).flatMap(({ meta }) => Object.entries(meta.certificates ?? {})),
    )
    return (kind) => titles.get(kind) ?? { en: kind, zh: kind }
  }

  async function tellCertificates(people: readonly Person[]): Promise<void> {
    const [title, when] = [await titlesOfCertificates(), await clockTime()]
    const trainers = people.filter(({ roles }) => roles.includes('trainer')).map(({ id }) => id)
    for (const { id: person, name, certificates } of people)
      for (const { kind, validUntil } of certificates) {
        const left = Date.parse(validUntil) - now()
        const stage = STAGES.find((days) => left <= days * DAY_MS)
        if (stage === undefined || left < -PAST_MS) continue
        const id = `certificate.${person}.${kind}.${validUntil}.${stage}`
        const what = { title: title(kind), when: when(validUntil), isOver: stage === 0 }
        await lay(
          {
            ...{ id: `${id}.own`, kind: 'remind', page: 'training', message: words.runsOut(what) },
            to: [{ person }],
          },
          [person],
        )
        await lay(
          {
            ...{ id, kind: 'remind', page: 'assignments', message: words.runsOutOf({ ...what, name }) },
            to: [{ role: 'trainer' }],
          },
          trainers.filter((trainer) => trainer !== person),
        )
      }
  }

  return {
    assigned: async (assignment) => tellAssignment(assignment, await present()),
    tell: async () => {
      const people = await present()
      await tellAssignments(people)
      await tellCertificates(people)
    },
  }
}
