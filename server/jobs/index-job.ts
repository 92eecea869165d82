/**
 * What lists, filters and the search need of a job, made at every commit.
 *
 * Must not: hold anything that the job itself does not say.
 */
import type { Fields, Job } from '../../machines/advance/job.ts'
import { deadlinesOf } from '../../machines/advance/view.ts'
import type { Compiled } from '../../machines/compile/compile.ts'
import type { Definition } from '../../machines/definition/schema.ts'
import { planOf } from '../../machines/dispatch/plan.ts'
import type { JobIndex } from '../store/port.ts'
import type { Place } from '../store/within.ts'

/** The field that names the customer: every process has it by this name. */
const CUSTOMER = 'customerName'
const PHONES = ['customerPhone', 'callerNumber'] as const
/**
 * What somebody on the telephone names a job by, whatever a process shows of it: the names are those of the customer
 * file, the same in every process.
 */
const NAMED_BY = [
  CUSTOMER,
  'customerContact',
  ...PHONES,
  'orderNumber',
  'serialNumber',
  'receiptNumber',
] as const

/** Where a job is, by which roles are limited. */
export const placeOf = (
  { definition }: Compiled,
  { process, snapshot }: Pick<Job, 'process' | 'snapshot'>,
): Place => placeIn(definition, process, snapshot.context.fields)
export const placeIn = ({ meta }: Definition, process: string, fields: Fields): Place => ({
  process,
  region: textIn(fields, meta.region),
})

/** @param active leaf paths, as the entry has them. */
export function indexJob(compiled: Compiled, job: Job, active: readonly string[]): JobIndex {
  const { meta } = compiled.definition
  const { fields } = job.snapshot.context
  const textOf = (name: string | undefined): string | undefined => textIn(fields, name)
  const deadlines = deadlinesOf(compiled, job).filter(
    (deadline) => deadline.kind === 'deadline' && deadline.left === undefined,
  )
  const dueAt = deadlines[0]?.dueAt
  const overdueIn = statesOverdue(compiled, job, active)
  const assignee = textOf(meta.assignee)
  const region = textOf(meta.region)
  const customer = textOf(CUSTOMER)
  const plan = planOf(compiled, job, dueAt)
  return {
    active: [...active],
    ...(assignee === undefined ? {} : { assignee }),
    ...(region === undefined ? {} : { region }),
    ...(customer === undefined ? {} : { customer }),
    ...(job.suspended === undefined ? {} : { suspended: true }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(plan === undefined ? {} : { plan }),
    overdue: deadlines.some((deadline) => deadline.fired),
    ...(overdueIn.length === 0 ? {} : { overdueIn }),
    text: [
      ...[...new Set([...(meta.summary ?? []), ...NAMED_BY])].flatMap((name) => textOf(name) ?? []),
      ...PHONES.flatMap((name) => bareNumber(textOf(name))),
    ]
      .join(' ')
      .toLowerCase(),
  }
}

export function textIn(fields: Fields, name: string | undefined): string | undefined {
  const value = name === undefined || !Object.hasOwn(fields, name) ? undefined : fields[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number written with spaces or dashes is found by its digits, too. */
function bareNumber(written: string | undefined): string[] {
  const bare = written?.replace(/[\s()\u2010-\u2015./-]/g, '')
  return bare === undefined || bare === written ? [] : [bare]
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
