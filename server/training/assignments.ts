/**
 * Assignments: who is to rehearse what by when, and how far he is.
 *
 * Promises: a role stands for whoever holds it now; how far somebody is comes from his attempts alone.
 * Must not: bar anybody from practising what was not assigned to him.
 */
import type { Actor } from '../../machines/advance/job.ts'
import type { AssignmentView, AttemptMode, MyTraining, NewAssignment } from '../../machines/wire/training.ts'
import { problem, wrongAt } from '../problem-details.ts'
import type { Library, Person } from '../store/library-port.ts'
import type { Assignment, AssignmentCount, TrainingStore } from '../store/training-port.ts'
import { namesOf, summaryOf } from './attempt-views.ts'
import type { KeptScenario } from './attempts.ts'
import { requireSound } from './sound.ts'

/** The latest; older ones are found by their attempts. */
const MOST = 2000
const MINE = 50
/** What was passed is shown to its trainee this long after it was due. */
const SHOWN_MS = 30 * 24 * 3600 * 1000

export type AssignmentDeps = {
  store: TrainingStore
  library: Library
  scenario(id: string): Promise<KeptScenario | undefined>
  now(): number
  newId(): string
  /** An assignment was made. */
  assigned(assignment: Assignment): Promise<void>
}

export type AssignmentsPort = {
  /** Newest first. */
  list(): Promise<AssignmentView[]>
  /** Problems: scenario-not-found, scenario-cannot-start, person-not-found, body-invalid. */
  assign(body: NewAssignment, by: Actor): Promise<AssignmentView>
  /** Problems: assignment-not-found. Doing it again changes nothing. */
  withdraw(id: string): Promise<AssignmentView>
  mine(by: Actor): Promise<MyTraining>
  /**
   * The assignment that an attempt is for: the one named, or else one of his that fits.
   * Problems: assignment-not-found, assignment-other.
   */
  meant(asked: Wanted, by: Actor): Promise<string | undefined>
}
type Wanted = { scenario: string; mode: AttemptMode; assignment?: string }

/** Whom an assignment is for, as things stand. */
export const assignedTo = (
  { people, roles }: Pick<Assignment, 'people' | 'roles'>,
  all: readonly Person[],
): Person[] =>
  all.filter(
    (person) =>
      person.disabled !== true &&
      (people.includes(person.id) || person.roles.some((role) => roles.includes(role))),
  )

type Standing = AssignmentView['assigned'][number]['status']
/** How far somebody is. */
export function standingOf(count: AssignmentCount | undefined, dueAt: string, now: number): Standing {
  if (count !== undefined && count.passed > 0) return 'passed'
  if (Date.parse(dueAt) < now) return 'late'
  if (count !== undefined && count.open > 0) return 'open'
  return count !== undefined && count.failed > 0 ? 'failed' : 'waiting'
}

export function createAssignments(deps: AssignmentDeps): AssignmentsPort {
  const { store, library, now } = deps
  const keyOf = (assignment: string, person: string): string => JSON.stringify([assignment, person])

  async function countsOf(assignments: readonly Assignment[], person?: string) {
    const counts = await store.assignmentCounts(
      assignments.map(({ id }) => id),
      person,
    )
    return new Map(counts.map((count) => [keyOf(count.assignment, count.person), count]))
  }

  async function viewsOf(assignments: readonly Assignment[]): Promise<AssignmentView[]> {
    const [people, counts] = await Promise.all([library.people(), countsOf(assignments)])
    return assignments.map((assignment) => ({
      ...assignment,
      assigned: assignedTo(assignment, people).map(({ id, name }) => {
        const count = counts.get(keyOf(assignment.id, id))
        return {
          person: id,
          name,
          status: standingOf(count, assignment.dueAt, now()),
          attempts: count?.attempts ?? 0,
          ...(count?.points === undefined ? {} : { points: count.points }),
        }
      }),
    }))
  }
  async function viewOf(assignment: Assignment): Promise<AssignmentView> {
    const [view] = await viewsOf([assignment])
    if (view === undefined) throw problem('assignment-not-found')
    return view
  }

  const isHis = ({ people, roles }: Assignment, { id, roles: held }: Actor): boolean =>
    people.includes(id) || roles.some((role) => held.includes(role))
  const standing = async (by: Actor): Promise<Assignment[]> =>
    (await store.assignments(MOST)).filter((one) => one.withdrawnAt === undefined && isHis(one, by))

  async function requirePeople({ people, roles }: NewAssignment): Promise<void> {
    if (people.length === 0 && roles.length === 0)
      throw problem('body-invalid', {
        detail: { en: 'Name at least one person or role.', zh: '请至少选择一名人员或一个角色。' },
        errors: [
          wrongAt('/people', 'must name somebody, unless roles are named', '未指定角色时，须指定人员'),
        ],
      })
    const known = new Set((await library.people()).map(({ id }) => id))
    const index = people.findIndex((id) => !known.has(id))
    if (index >= 0) throw problem('person-not-found', { pointer: `/people/${index}` })
  }

  /** All would be late as they are told of it. */
  function requireFuture({ dueAt }: NewAssignment): void {
    if (Date.parse(dueAt) > now()) return
    throw problem('body-invalid', {
      detail: { en: 'This time has passed. Choose a later one.', zh: '期限已过，请选择以后的时间。' },
      errors: [wrongAt('/dueAt', 'must be in the future', '须晚于现在')],
    })
  }

  return {
    list: async () => viewsOf(await store.assignments(MOST)),
    assign: async (body, by) => {
      const kept = await deps.scenario(body.scenario)
      if (kept === undefined) throw problem('scenario-not-found')
      await requireSound(library, kept.scenario)
      await requirePeople(body)
      requireFuture(body)
      const assignment: Assignment = {
        ...body,
        people: [...new Set(body.people)],
        roles: [...new Set(body.roles)],
        dueAt: new Date(body.dueAt).toISOString(),
        id: deps.newId(),
        title: kept.scenario.title,
        process: kept.scenario.process,
        by: by.id,
        createdAt: new Date(now()).toISOString(),
      }
      await store.saveAssignment(assignment)
      await deps.assigned(assignment)
      return viewOf(assignment)
    },
    withdraw: async (id) => {
      const assignment = await store.assignment(id)
      if (assignment === undefined) throw problem('assignment-not-found')
      if (assignment.withdrawnAt !== undefined) return viewOf(assignment)
      const withdrawn = { ...assignment, withdrawnAt: new Date(now()).toISOString() }
      await store.saveAssignment(withdrawn)
      return viewOf(withdrawn)
    },
    mine: async (by) => {
      const own = await standing(by)
      const [counts, names, { attempts }] = await Promise.all([
        countsOf(own, by.id),
        namesOf(library),
        store.attempts({ person: by.id, limit: MINE }),
      ])
      const assignments = own.flatMap((one) => {
        const count = counts.get(keyOf(one.id, by.id))
        const status = standingOf(count, one.dueAt, now())
        if (status === 'passed' && Date.parse(one.dueAt) + SHOWN_MS < now()) return []
        const { id, scenario, title, process, mode, dueAt, note } = one
        return [
          {
            ...{ id, scenario, title, process, mode, dueAt, status },
            ...(note === undefined ? {} : { note }),
            ...(count?.points === undefined ? {} : { points: count.points }),
          },
        ]
      })
      return {
        assignments: assignments.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1)),
        attempts: attempts.map((record) => summaryOf(record, names)),
      }
    },
    meant: async ({ scenario, mode, assignment }, by) => {
      const fits = (one: Assignment): boolean => one.scenario === scenario && one.mode === mode
      if (assignment === undefined) return (await standing(by)).findLast(fits)?.id
      const named = await store.assignment(assignment)
      if (named === undefined) throw problem('assignment-not-found')
      if (named.withdrawnAt !== undefined || !fits(named) || !isHis(named, by))
        throw problem('assignment-other')
      return named.id
    },
  }
}
