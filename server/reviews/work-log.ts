/**
 * The work log of a day: what a person did, made from the histories of jobs (GN-22).
 *
 * Promises: nothing is written down for it; it is the histories, read by person and day.
 * Must not: tell it to anybody but himself and those entitled.
 */
import type { Command, Entry } from '../../machines/advance/job.ts'
import type { Compiled } from '../../machines/compile/compile.ts'
import type { Text } from '../../machines/definition/schema.ts'
import { dayAt } from '../../machines/time/zone.ts'
import type { WorkLog, WorkLogLine } from '../../machines/wire/reviews.ts'
import { isMaskedField } from '../access/masking.ts'
import type { Asker } from '../access/scope.ts'
import type { JobDeps } from '../jobs/job-work.ts'
import type { JobsPort } from '../jobs/jobs-port.ts'
import { processVersion } from '../jobs/process-versions.ts'
import { reachable, seenWhole } from '../jobs/reachable.ts'
import { problem } from '../problem-details.ts'
import type { FeedItem } from '../store/port.ts'
import { requireSight } from './reviews.ts'

export type WorkLogPort = {
  /**
   * Without `day`, today's. Lines of jobs beyond the asker's limits are left out, so that a page may have fewer than asked
   * for. Problems: forbidden, beyond-limits (another's), person-not-found.
   */
  day(query: { person: string; day?: string; after: number; limit: number }, asker: Asker): Promise<WorkLog>
}

type WorkLogDeps = Omit<JobDeps, 'newId'> & { jobs: Pick<JobsPort, 'mustReach'> }

export function createWorkLog({ store, jobs, library, now }: WorkLogDeps): WorkLogPort {
  /** @param whole with what is personal */
  async function summaryOf(id: string, whole: boolean): Promise<string[]> {
    const job = await store.load(id)
    if (job === undefined) return []
    const { compiled } = await processVersion(library, job.process, job.version)
    const { fields } = job.snapshot.context
    const { properties } = compiled.definition.schemas.context
    return (compiled.definition.meta.summary ?? []).flatMap((name) => {
      const value = fields[name]
      // A choice and a person are keys, which tell nobody anything.
      const isKey = properties[name]?.enum !== undefined || properties[name]?.format === 'person'
      const isShown = whole || !isMaskedField(compiled.definition, name)
      return typeof value === 'string' && value !== '' && !isKey && isShown ? [value] : []
    })
  }

  async function lineOf(
    { id, entry, process, version }: FeedItem,
    summary: string[],
    whole: boolean,
  ): Promise<WorkLogLine> {
    const { compiled } = await processVersion(library, process, version)
    const what = whatOf(entry.command, compiled)
    const text = textOf(entry.command)
    // What was attached goes by the words of whoever attached it.
    const hidesWhat = !whole && what !== undefined && entry.command.kind === 'attach'
    const hidesText = !whole && text !== undefined
    return {
      id,
      at: entry.at,
      job: entry.job,
      process,
      processTitle: compiled.definition.meta.title,
      summary: summary.slice(0, 3),
      command: entry.command.kind,
      ...(what === undefined || hidesWhat ? {} : { what }),
      ...(text === undefined || hidesText ? {} : { text }),
      ...(whole ? {} : { masked: ['summary', ...(hidesWhat ? WHAT : []), ...(hidesText ? TEXT : [])] }),
      states: statesOf(entry, compiled),
      status: entry.status,
    }
  }

  return {
    day: async ({ person: id, day, after, limit }, asker) => {
      requireSight(id, asker)
      const person = await library.person(id)
      if (person === undefined) throw problem('person-not-found')
      const { timeZone } = (await library.settings()).value
      const today = dayAt(new Date(now()).toISOString(), timeZone)
      const found = await store.reviews.log({ person: id, day: day ?? today, after, limit: limit + 1 })
      const shown = found.slice(0, limit)
      const known = await reachable(jobs, asker, [...new Set(shown.map(({ entry }) => entry.job))])
      const whole = await seenWhole(jobs, asker, [...known])
      const summaries = new Map(
        await Promise.all(
          [...known].map(async (job) => [job, await summaryOf(job, whole.has(job))] as const),
        ),
      )
      const last = shown.at(-1)
      return {
        person: id,
        name: person.name,
        day: day ?? today,
        today,
        lines: await Promise.all(
          shown
            .filter(({ entry }) => known.has(entry.job))
            .map((item) => lineOf(item, summaries.get(item.entry.job) ?? [], whole.has(item.entry.job))),
        ),
        ...(last !== undefined && found.length > limit ? { next: last.id } : {}),
      }
    },
  }
}

const WHAT = ['what'] as const
const TEXT = ['text'] as const

/** What was sent, ticked, attached or reported, as the process calls it. */
function whatOf(command: Command, { definition, items }: Compiled): Text | undefined {
  switch (command.kind) {
    case 'event':
      return definition.schemas.events[command.type]?.meta.title ?? { en: command.type }
    case 'tick':
    case 'untick':
      return items.get(command.item)?.item.title ?? { en: command.item }
    case 'attach':
      return command.title === undefined ? undefined : { en: command.title }
    case 'reportBreach':
      return { en: command.norm }
    default:
      return undefined
  }
}

function textOf(command: Command): string | undefined {
  if ('text' in command) return command.text
  if ('reason' in command) return command.reason
  if ('note' in command) return command.note
  return 'comment' in command ? command.comment : undefined
}

const statesOf = ({ active }: Entry, { tree }: Compiled): Text[] =>
  active.map((path) => {
    const node = tree.nodes.find((each) => each.path === path)
    return node?.node.meta?.title ?? { en: node?.key ?? path }
  })
