/**
 * Whether those have agreed whom a process asks before its rules change (GN-19).
 *
 * Promises: nobody's own word counts as a second person's; an objection bars until it is taken back or the matter
 * changes; who can no longer sign in is neither waited for nor heard.
 * Must not: keep anything, or know what is agreed on: a draft, or another rule.
 */
import type { Approval, ApprovalRule } from '../../machines/wire/drafts.ts'
import { may } from '../access/policy.ts'
import { problem } from '../problem-details.ts'
import type { Person } from '../store/library-port.ts'

/** What is to be agreed on: who brought it in, and what was said of it as it stands. */
export type Matter = { by: string; approvals: readonly Approval[] }
export type Standing = { approvals: Approval[]; missing: string[]; satisfied: boolean }
export type People = ReadonlyMap<string, Person>

export const NO_RULE: ApprovalRule = { kind: 'none' }

/** Those named who can still sign in. */
function asked(people: People, named: readonly string[]): string[] {
  return named.filter((id) => isHere(people.get(id)))
}
const isHere = (person: Person | undefined): person is Person =>
  person !== undefined && person.disabled !== true

/**
 * Whether a person's word counts. Where all who are named have left, a second person decides in their place: a rule
 * that nobody can fulfil would stop the process for good, and one that asks nobody would be none.
 */
function counts(rule: ApprovalRule, by: string, people: People, id: string): boolean {
  if (rule.kind === 'none') return false
  const named = rule.kind === 'all' ? asked(people, rule.people) : []
  if (named.length > 0) return named.includes(id)
  const person = people.get(id)
  return id !== by && isHere(person) && may(person.roles, 'processes:publish')
}

/** Where the agreement stands. Only words that count are in it, and none that was taken back. */
export function judge(rule: ApprovalRule, { by, approvals }: Matter, people: People): Standing {
  const heard = approvals.filter(
    ({ person, verdict }) => verdict !== 'withdraw' && counts(rule, by, people, person),
  )
  const agreed = new Set(heard.filter(({ verdict }) => verdict === 'approve').map(({ person }) => person))
  const named = rule.kind === 'all' ? asked(people, rule.people) : []
  const missing = named.filter((id) => !agreed.has(id))
  const satisfied =
    rule.kind === 'none' || (missing.length === 0 && agreed.size > 0 && agreed.size === heard.length)
  return { approvals: [...heard], missing, satisfied }
}

/** Problems: approval-not-asked. */
export function requireAsked(rule: ApprovalRule, by: string, people: People, person: string): void {
  if (!counts(rule, by, people, person)) throw problem('approval-not-asked', { rule })
}

/** Problems: approval-missing. Returns what goes on record. */
export function requireAgreement(rule: ApprovalRule, matter: Matter, people: People): readonly Approval[] {
  const { approvals, missing, satisfied } = judge(rule, matter, people)
  if (satisfied) return approvals
  const names = missing.map((id) => people.get(id)?.name ?? id)
  throw problem('approval-missing', {
    detail:
      names.length > 0
        ? { en: `Still to agree: ${names.join(', ')}.`, zh: `尚未同意：${names.join('、')}。` }
        : { en: 'Someone other than the author must agree.', zh: '须由作者以外的人员同意。' },
    rule,
    missing: missing.map((id) => ({ person: id, name: people.get(id)?.name ?? id })),
    objections: approvals.filter(({ verdict }) => verdict === 'object'),
  })
}
