/**
 * Findings from practice (GN-24): raised on a state or transition, answered by the version whose draft cites them, or set aside with
 * a reason.
 *
 * Promises: a finding names a place that its version has; what publishing cites is of that process and open; what was
 * answered is known from the version itself, so that a stop between the two writes loses nothing.
 * Must not: publish, or judge whether an answer is a good one.
 */
import type { Compiled } from '../../machines/compile/compile.ts'
import type { Text } from '../../machines/definition/schema.ts'
import type { TreeNode } from '../../machines/definition/tree.ts'
import type { Finding, FindingList, FindingView, RaiseFinding } from '../../machines/wire/findings.ts'
import { type Asker, isLimited, requireProcess } from '../access/scope.ts'
import type { JobsPort } from '../jobs/jobs-port.ts'
import { processVersion } from '../jobs/process-versions.ts'
import { reachable } from '../jobs/reachable.ts'
import { problem, wrongAt } from '../problem-details.ts'
import type { FindingQuery } from '../store/finding-port.ts'
import type { Library, VersionRecord } from '../store/library-port.ts'
import type { JobStore } from '../store/port.ts'

export type FindingsPort = {
  /** A job beyond the asker's limits is not named. Problems: job-not-found, where it is asked for. Throws `BadCursor`. */
  list(query: FindingQuery, asker: Asker): Promise<FindingList>
  /** Problems: process-not-found, version-not-found, job-not-found, body-invalid (no such place). */
  raise(body: RaiseFinding, by: Asker): Promise<FindingView>
  /** Set aside, or open again. Problems: finding-not-found, finding-answered, precondition-failed, beyond-limits. */
  turn(id: string, to: 'open' | 'dismissed', reason: string, by: Asker): Promise<FindingView>
  /** What a draft cites, before it is published. Problems: body-invalid. */
  requireOpen(process: string, ids: readonly string[]): Promise<void>
  /** After it was published. */
  answered(
    version: Pick<VersionRecord, 'process' | 'version' | 'author' | 'publishedAt' | 'answers'>,
  ): Promise<void>
}

type FindingDeps = {
  store: Pick<JobStore, 'findings'>
  jobs: Pick<JobsPort, 'mustReach'>
  library: Library
  now(): number
  newId(): string
}

export function createFindings({ store, jobs, library, now, newId }: FindingDeps): FindingsPort {
  const { findings } = store
  const at = () => new Date(now()).toISOString()

  const answered: FindingsPort['answered'] = async ({
    process,
    version,
    author,
    publishedAt,
    answers = [],
  }) => {
    if (answers.length > 0) await findings.answer(process, answers, { version, by: author, at: publishedAt })
  }

  /** Once after a start: what a version answered and a stop kept from being noted. */
  let caughtUp: Promise<void> | undefined
  const catchUp = (): Promise<void> => {
    caughtUp ??= (async () => {
      for (const { id } of await library.processes())
        for (const version of await library.versions(id)) await answered(version)
    })()
    return caughtUp
  }

  async function view(finding: Finding): Promise<FindingView> {
    const { process, version, place, by } = finding
    const found = await library.version(process, version)
    const compiled =
      found === undefined ? undefined : (await processVersion(library, process, version)).compiled
    return {
      ...finding,
      byName: (await library.person(by))?.name ?? by,
      ...(found === undefined ? {} : { processTitle: found.definition.meta.title }),
      placeTitles: compiled === undefined ? [] : (titlesOf(compiled, place) ?? []),
    }
  }

  return {
    list: async (query, asker) => {
      await catchUp()
      if (query.job !== undefined && isLimited(asker)) await jobs.mustReach(query.job, 'jobs:read', asker)
      const { limit: _limit, cursor: _cursor, status: _status, ...filter } = query
      const [page, counts] = await Promise.all([findings.page(query), findings.counts(filter)])
      const known = await reachable(
        jobs,
        asker,
        page.findings.flatMap(({ job }) => job ?? []),
      )
      const shown = page.findings.map(({ job, ...finding }) =>
        view(job === undefined || !known.has(job) ? finding : { ...finding, job }),
      )
      return {
        findings: await Promise.all(shown),
        counts,
        ...(page.next === undefined ? {} : { next: page.next }),
      }
    },

    raise: async (body, by) => {
      if (body.job !== undefined) await jobs.mustReach(body.job, 'jobs:read', by)
      const { version, compiled } = await processVersion(library, body.process, body.version)
      if (titlesOf(compiled, body.place) === undefined)
        throw problem('body-invalid', {
          errors: [
            wrongAt(
              '/place',
              'must be a state or a transition of this version, or empty',
              '须为该版本的状态或转移，或留空',
            ),
          ],
        })
      const finding: Finding = {
        id: newId(),
        ...body,
        version,
        by: by.id,
        at: at(),
        status: 'open',
        turns: [],
      }
      await findings.add(finding)
      return view(finding)
    },

    turn: async (id, to, reason, by) => {
      await catchUp()
      const finding = await findings.find(id)
      if (finding === undefined) throw problem('finding-not-found')
      requireProcess(by, 'findings:close', finding.process)
      if (finding.status === 'answered')
        throw problem('finding-answered', { version: finding.answer?.version })
      if (finding.status === to) return view(finding)
      const turned = {
        ...finding,
        status: to,
        turns: [...finding.turns, { to, at: at(), by: by.id, reason }],
      }
      if (!(await findings.change(finding.status, turned))) throw problem('precondition-failed')
      return view(turned)
    },

    requireOpen: async (process, ids) => {
      const errors = await Promise.all(
        ids.map(async (id, index) => {
          const finding = await findings.find(id)
          return finding?.process === process && finding.status === 'open'
            ? []
            : [{ pointer: `/answers/${index}`, message: NOT_OPEN }]
        }),
      )
      if (errors.flat().length > 0) throw problem('body-invalid', { errors: errors.flat() })
    },
    answered,
  }
}

const NOT_OPEN = {
  en: 'A finding that is ticked is no longer open, or not of this process.',
  zh: '所勾选的改进意见已不在待处理状态，或不属于本流程。',
}

/** Titles of the place, outermost first; `undefined`: this version has no such place. */
function titlesOf({ tree, transitions, definition }: Compiled, place: string): Text[] | undefined {
  if (place === '') return []
  const taken = transitions.get(place)
  if (taken !== undefined) {
    const { transition, trigger, source } = taken
    const event =
      trigger.kind === 'on' ? definition.schemas.events[trigger.descriptor]?.meta.title : undefined
    const delay = trigger.kind === 'after' ? definition.delays?.[trigger.delay]?.meta?.title : undefined
    const own = transition.meta?.title ?? event ?? delay
    return [...trail(source), ...(own === undefined ? [] : [own])]
  }
  const node = tree.nodes.find(({ path }) => path === place)
  return node === undefined ? undefined : trail(node)
}

const trail = (node: TreeNode): Text[] =>
  node.parent === undefined ? [] : [...trail(node.parent), node.node.meta?.title ?? { en: node.key }]
