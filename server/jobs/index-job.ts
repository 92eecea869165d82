/**
 * What lists, filters and the search need of a job, made at every commit.
 *
 * Must not: hold anything that the job itself does not say.
 */
import type { Job } from '../../machines/advance/job.ts'
import { deadlinesOf } from '../../machines/advance/view.ts'
import type { Compiled } from '../../machines/compile/compile.ts'
import type { JobIndex } from '../store/port.ts'

/** @param active leaf paths, as the entry has them. */
export function indexJob(compiled: Compiled, job: Job, active: readonly string[]): JobIndex {
  const { meta } = compiled.definition
  const { fields } = job.snapshot.context
  const textOf = (name: string | undefined): string | undefined => {
    const value = name === undefined ? undefined : fields[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const deadlines = deadlinesOf(compiled, job).filter(
    (deadline) => deadline.kind === 'deadline' && deadline.left === undefined,
  )
  const dueAt = deadlines[0]?.dueAt
  const overdueIn = statesOverdue(compiled, job, active)
  const assignee = textOf(meta.assignee)
  const region = textOf(meta.region)
  return {
    active: [...active],
    ...(assignee === undefined ? {} : { assignee }),
    ...(region === undefined ? {} : { region }),
    ...(dueAt === undefined ? {} : { dueAt }),
    overdue: deadlines.some((deadline) => deadline.fired),
    ...(overdueIn.length === 0 ? {} : { overdueIn }),
    text: (meta.summary ?? [])
      .flatMap((name) => textOf(name) ?? [])
      .join(' ')
      .toLowerCase(),
  }
}

/** The active states, outer ones among them, whose own deadline ran out. */
function statesOverdue({ tree, definition }: Compiled, job: Job, active: readonly string[]): string[] {
  const late = job.timers.filter(
    ({ fired, delay }) => fired && (definition.delays?.[delay]?.meta?.kind ?? 'deadline') === 'deadline',
  )
  if (late.length === 0) return []
  const inside = (path: string) => path === '' || active.some((leaf) => `${leaf}.`.startsWith(`${path}.`))
  const owners = late.flatMap(({ id, delay }) => {
    const having = tree.nodes.filter(
      ({ path, transitions }) =>
        inside(path) &&
        transitions.some(({ trigger }) => trigger.kind === 'after' && trigger.delay === delay),
    )
    const named = having.filter(({ path }) => path !== '' && id.endsWith(`.${path}`))
    return (named.length > 0 ? named : having).map(({ path }) => path)
  })
  return [...new Set(owners)].sort()
}
