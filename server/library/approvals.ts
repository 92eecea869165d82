/**
 * Agreement before a version is published: the rule of a process, and what people say of its draft (GN-19).
 *
 * Promises: what is said holds for the definition as it stood; a rule that is in force is changed only with the
 * agreement of those it asks, so that nobody sets it aside to publish past it.
 * Must not: publish, or decide who has agreed (`agreement.ts` does).
 */
import { hashOf } from '../../machines/definition/hash.ts'
import type {
  ApprovalRule,
  ApprovalSetting,
  DraftApprovals,
  GiveApproval,
} from '../../machines/wire/drafts.ts'
import type { Clock } from '../clock.ts'
import { problem, wrongAt } from '../problem-details.ts'
import {
  type ApprovalRecord,
  type DraftRecord,
  type Library,
  type ProcessRecord,
  StaleRevision,
} from '../store/library-port.ts'
import { judge, type Matter, NO_RULE, type People, requireAsked } from './agreement.ts'

export type Approvals = {
  /** Where the draft's agreement stands. Problems: draft-not-found. */
  ofDraft(process: string): Promise<DraftApprovals>
  /** Problems: process-not-found, draft-not-found, draft-stale, approval-not-asked. */
  sayOfDraft(process: string, revision: number, said: GiveApproval, person: string): Promise<DraftApprovals>
  /** Problems: process-not-found; as all that follow. */
  rule(process: string): Promise<ApprovalSetting>
  /** In force at once where none was; else proposed. Problems: precondition-failed, body-invalid. */
  setRule(process: string, revision: number, rule: ApprovalRule, person: string): Promise<ApprovalSetting>
  /** Of the proposed rule. Problems: precondition-failed, approval-not-asked. */
  sayOfRule(process: string, revision: number, said: GiveApproval, person: string): Promise<ApprovalSetting>
}

type ApprovalDeps = { library: Library; clock: Clock; changed: (process: string) => void }

export const peopleOf = async (library: Library): Promise<People> =>
  new Map((await library.people()).map((person) => [person.id, person]))

/** Who changed the definition last is its author: he cannot be the second person. */
export const matterOf = ({ changedBy, updatedBy, approvals = [] }: DraftRecord): Matter => ({
  by: changedBy ?? updatedBy,
  approvals,
})

export function createApprovals({ library, clock, changed }: ApprovalDeps): Approvals {
  const now = () => new Date(clock.now()).toISOString()

  async function record(id: string): Promise<ProcessRecord> {
    const found = (await library.processes()).find((one) => one.id === id)
    if (found === undefined) throw problem('process-not-found')
    return found
  }
  async function draftOf(id: string): Promise<DraftRecord> {
    const draft = await library.draft(id)
    if (draft === undefined) throw problem('draft-not-found')
    return draft
  }

  const draftView = (draft: DraftRecord, rule: ApprovalRule, people: People): DraftApprovals => ({
    revision: draft.revision,
    hash: hashOf(draft.definition),
    by: matterOf(draft).by,
    rule,
    ...judge(rule, matterOf(draft), people),
  })

  /** Problems: precondition-failed. */
  async function save(id: string, expected: number, approval: Omit<ApprovalRecord, 'revision'>) {
    const saved = await unlessStale(() => library.saveApproval(id, expected, approval))
    changed(id)
    return settingView(saved, await peopleOf(library))
  }

  return {
    ofDraft: async (id) => {
      const { approval } = await record(id)
      return draftView(await draftOf(id), approval?.rule ?? NO_RULE, await peopleOf(library))
    },
    sayOfDraft: async (id, revision, said, person) => {
      const { approval } = await record(id)
      const rule = approval?.rule ?? NO_RULE
      const [draft, people] = [await draftOf(id), await peopleOf(library)]
      if (draft.revision !== revision)
        throw problem('draft-stale', { expected: revision, current: draft.revision })
      requireAsked(rule, matterOf(draft).by, people, person)
      try {
        const saved = await library.approve(id, revision, { person, ...said, at: now() })
        changed(id)
        return draftView(saved, rule, people)
      } catch (error) {
        if (error instanceof StaleRevision)
          throw problem('draft-stale', { expected: revision, current: error.current })
        throw error
      }
    },
    rule: async (id) => settingView((await record(id)).approval, await peopleOf(library)),
    setRule: async (id, revision, rule, person) => {
      const { approval } = await record(id)
      requireRevision(approval, revision)
      const people = await peopleOf(library)
      requireKnown(rule, people)
      const present = approval?.rule ?? NO_RULE
      if (sameRule(present, rule)) return save(id, revision, { rule })
      const by = { by: person, approvals: [] }
      if (judge(present, by, people).satisfied) return save(id, revision, { rule })
      return save(id, revision, { rule: present, proposal: { rule, ...by, at: now() } })
    },
    sayOfRule: async (id, revision, said, person) => {
      const { approval } = await record(id)
      requireRevision(approval, revision)
      const { rule = NO_RULE, proposal } = approval ?? {}
      if (proposal === undefined) throw problem('approval-not-asked', { rule })
      const people = await peopleOf(library)
      requireAsked(rule, proposal.by, people, person)
      const others = proposal.approvals.filter((one) => one.person !== person)
      const next = { ...proposal, approvals: [...others, { person, ...said, at: now() }] }
      return judge(rule, next, people).satisfied
        ? save(id, revision, { rule: next.rule })
        : save(id, revision, { rule, proposal: next })
    },
  }
}

const staleRule = (expected: number, current: number) => problem('precondition-failed', { expected, current })
function requireRevision(approval: ApprovalRecord | undefined, expected: number): void {
  const current = approval?.revision ?? 0
  if (current !== expected) throw staleRule(expected, current)
}
async function unlessStale<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StaleRevision) throw staleRule(error.expected, error.current)
    throw error
  }
}

/** A rule that names someone who cannot sign in would wait for nobody. Problems: body-invalid. */
function requireKnown(rule: ApprovalRule, people: People): void {
  if (rule.kind !== 'all') return
  const errors = rule.people.flatMap((id, index) => {
    const person = people.get(id)
    return person === undefined || person.disabled === true
      ? [wrongAt(`/rule/people/${index}`, 'must be a person who can sign in', '须为可以登录的人员')]
      : []
  })
  if (errors.length > 0) throw problem('body-invalid', { errors })
}

const sameRule = (one: ApprovalRule, other: ApprovalRule): boolean => hashOf(one) === hashOf(other)

function settingView(approval: ApprovalRecord | undefined, people: People): ApprovalSetting {
  if (approval === undefined) return { revision: 0, rule: NO_RULE }
  const { revision, rule, proposal } = approval
  if (proposal === undefined) return { revision, rule }
  return { revision, rule, proposal: { ...proposal, ...judge(rule, proposal, people) } }
}
