/**
 * Ticking and unticking a checklist item.
 *
 * Must not: tick an item of a state that is not active, unless the item is kept from state to state.
 */
import type { PlacedItem } from '../compile/checklists.ts'
import { itemNotHere, itemOpen, roleMissing } from '../compile/reasons.ts'
import type { EvidenceKind } from '../definition/schema.ts'
import { type Case, refuse } from './case.ts'
import type { Advanced, Command, Evidence, Snapshot } from './job.ts'

type Touch = (at: Case, context: Snapshot['context'], extra?: object, met?: readonly string[]) => Advanced

export function tick(
  at: Case,
  command: Extract<Command, { kind: 'tick' | 'untick' }>,
  touch: Touch,
): Advanced {
  const placed = at.compiled.items.get(command.item)
  if (placed === undefined || !isAtHand(at, placed))
    return refuse('unknown-item', [itemNotHere(placed, command.item)])
  const { roles } = at.frame.actor
  if (!placed.roles.some((role) => roles.includes(role)))
    return refuse('role-missing', roleMissing(placed.roles))
  const { context } = at.before.snapshot
  if (command.kind === 'untick') {
    const { [command.item]: _, ...checklist } = context.checklist
    return touch(at, { ...context, checklist })
  }
  const wanted = placed.item.evidence ?? 'none'
  if (!hasEvidence(wanted, command.evidence))
    return refuse('evidence-missing', [{ ...itemOpen(placed), ...evidenceWanted(wanted) }])
  const done = {
    at: new Date(at.frame.now).toISOString(),
    by: at.frame.actor.id,
    ...(command.evidence === undefined ? {} : { evidence: command.evidence }),
  }
  return touch(
    at,
    { ...context, checklist: { ...context.checklist, [command.item]: done } },
    {},
    placed.item.norms ?? [],
  )
}

/** Of an active state, or kept from state to state. */
function isAtHand({ before, compiled }: Case, { item, state }: PlacedItem): boolean {
  if (before.status !== 'active') return false
  if (item.keep === true) return true
  return state === '' || isActive(before.snapshot.value, state) || compiled.tree.root.path === state
}

/** @param path below `value`; an active state's ancestors are active too */
function isActive(value: Snapshot['value'], path: string): boolean {
  if (typeof value === 'string') return value === path
  return Object.entries(value).some(
    ([key, below]) =>
      path === key || (path.startsWith(`${key}.`) && isActive(below, path.slice(key.length + 1))),
  )
}

function hasEvidence(wanted: EvidenceKind, given: Evidence | undefined): boolean {
  if (wanted === 'none') return true
  if (given === undefined || given.kind !== wanted) return false
  switch (wanted) {
    case 'number':
      return given.number !== undefined
    case 'photo':
      return given.file !== undefined
    case 'signature':
      return given.file !== undefined || (given.signedBy ?? '').trim() !== ''
    default:
      return (given.text ?? '').trim() !== ''
  }
}

const EVIDENCE_WORDS: Record<EvidenceKind, { en: string; zh: string }> = {
  none: { en: 'nothing', zh: '无' },
  text: { en: 'a text', zh: '文字说明' },
  number: { en: 'a number', zh: '数值' },
  photo: { en: 'a photo', zh: '照片' },
  signature: { en: 'a signature', zh: '签名' },
  serial: { en: 'a serial number', zh: '序列号' },
}
function evidenceWanted(wanted: EvidenceKind) {
  const { en, zh } = EVIDENCE_WORDS[wanted]
  return { code: 'evidence-missing', message: { en: `This item wants ${en}`, zh: `此事项须附${zh}` } }
}
