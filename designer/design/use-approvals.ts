/**
 * Where the draft's approval stands, and what was lost of it by a change.
 *
 * Must not: judge who is asked or has agreed; the server does.
 */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { DraftApprovals, DraftNotice } from '../../machines/wire/drafts.ts'
import { api } from '../session/api.ts'

export type Approvals = {
  /** Undefined: there is no draft on the server, or it is not known yet. */
  readonly now: DraftApprovals | undefined
  /** Who had spoken of the draft before its last change took that away, by id. */
  readonly voided: readonly string[]
  forget(): void
}

export function useApprovals(process: string, notice: DraftNotice | undefined): Approvals {
  const draft = notice?.draft
  const { data: now } = useQuery({
    queryKey: ['approvals', process, draft?.revision, notice?.approvalRevision, JSON.stringify(draft?.said)],
    queryFn: ({ signal }) => api.approvals(process, signal),
    enabled: draft !== undefined,
    placeholderData: (previous) => (draft === undefined ? undefined : previous),
  })
  const last = useRef<DraftApprovals>(undefined)
  const [voided, setVoided] = useState<readonly string[]>([])
  useEffect(() => {
    const before = last.current
    last.current = now
    if (now === undefined || before === undefined || before.hash === now.hash) return
    const lost = before.approvals.map(({ person }) => person)
    if (lost.length > 0) setVoided(lost)
  }, [now])
  return { now: draft === undefined ? undefined : now, voided, forget: () => setVoided([]) }
}

/** Whether this person's word counts; under a list whose people have all left, the server may still ask another. */
export function isAsked(
  { rule, by }: Pick<DraftApprovals, 'rule' | 'by'>,
  me: { id: string; rights: readonly string[] },
): boolean {
  if (rule.kind === 'none') return false
  if (rule.kind === 'all') return rule.people.includes(me.id)
  return me.id !== by && me.rights.includes('processes:publish')
}
