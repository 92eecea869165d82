/**
 * What publishing a draft would mean for the jobs that run.
 *
 * Must not: compare definitions (`machines/compare` does), or move a job.
 */
import { impactOf } from '../../machines/compare/impact.ts'
import type { DraftImpact } from '../../machines/wire/drafts.ts'
import type { Scope } from '../access/scope.ts'
import type { JobsPort } from '../jobs/jobs-port.ts'
import { problem } from '../problem-details.ts'
import type { Library, VersionRecord } from '../store/library-port.ts'
import { type CheckDefinition, checkDraft } from './check-draft.ts'

/** Counts jobs `within`. Problems: draft-not-found, draft-invalid: what cannot be published means nothing for jobs. */
export type ImpactOfDraft = (process: string, within?: Scope) => Promise<DraftImpact>

type ImpactDeps = { library: Library; jobs: JobsPort; check: CheckDefinition }

export function createImpact({ library, jobs, check }: ImpactDeps): ImpactOfDraft {
  async function activeJobs(process: string, version: number, within: Scope): Promise<number> {
    const which = { process, version, ...(within === undefined ? {} : { within }) }
    const { counts } = await jobs.list({ ...which, status: 'active', sort: '-createdAt', limit: 1 })
    return counts.total
  }

  return async (id, within) => {
    const draft = await library.draft(id)
    if (draft === undefined) throw problem('draft-not-found')
    const { problems, definition } = await checkDraft(check, draft)
    if (definition === undefined) throw problem('draft-invalid', { problems })

    const known = await library.versions(id)
    const latest = known.at(-1)?.version
    const of = async ({ version, definition: old }: VersionRecord) => {
      const active = await activeJobs(id, version, within)
      if (active === 0 && version !== latest) return []
      const { states, fields } = impactOf(old, definition)
      const counts = await jobs.countByState(id, version, within)
      const counted = states.map((state) => ({ ...state, jobs: counts[state.path] ?? 0 }))
      return [{ version, latest: version === latest, jobs: active, states: counted, fields }]
    }
    const versions = await Promise.all(known.toReversed().map(of))
    return { revision: draft.revision, versions: versions.flat() }
  }
}
