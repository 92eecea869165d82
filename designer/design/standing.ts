/**
 * Where publishing stands: what the button says before anybody presses it.
 *
 * Must not: be taken for permission; the server decides when it is asked.
 */
import type { DraftApprovals } from '../../machines/wire/drafts.ts'
import { isAlike, type Json, toJson } from '../document/json.ts'
import { countOf } from './problem-list.tsx'
import type { Problems } from './use-problems.ts'

export type Standing =
  | { kind: 'nothing' | 'ready' | 'checking' | 'archived' }
  | { kind: 'problems'; errors: number }
  | { kind: 'waits' | 'objected'; count: number }
  | { kind: 'published'; version: number }

type Known = {
  problems: Problems
  definition: Json
  /** The latest version's definition. */
  latest: unknown
  /** The version that was published from this page, if any. */
  published: number | undefined
  /** The process asks for approval. */
  isAsked: boolean
  approvals: DraftApprovals | undefined
  isSaved: boolean
  isArchived: boolean
}

export function standingOf(known: Known): Standing {
  const { problems, definition, latest, published, approvals } = known
  if (known.isArchived) return { kind: 'archived' }
  if (latest !== undefined && isAlike(toJson(latest), definition))
    return published === undefined ? { kind: 'nothing' } : { kind: 'published', version: published }
  const errors = countOf(problems.list, 'error')
  if (errors > 0) return { kind: 'problems', errors }
  if (problems.state === 'checking') return { kind: 'checking' }
  if (!known.isAsked) return { kind: 'ready' }
  // The first change is not saved yet, or its approvals are not here yet.
  if (approvals === undefined) return { kind: 'checking' }
  if (approvals.satisfied && known.isSaved) return { kind: 'ready' }
  const objections = approvals.approvals.filter(({ verdict }) => verdict === 'object').length
  return known.isSaved && objections > 0
    ? { kind: 'objected', count: objections }
    : { kind: 'waits', count: openApprovals(approvals) }
}

/** How many have still to agree, as far as is known: who is asked, or else one more person. */
export const openApprovals = ({ missing }: DraftApprovals): number => Math.max(1, missing.length)
