/** Rows while they are being written: what is half made is kept and counts for nothing; what counted goes on counting. */
import { describe, expect, it } from 'vitest'
import {
  added,
  carried,
  changed,
  draftOf,
  type Fresh,
  type GroupDraft,
  grouped,
  halfMade,
  moved,
  type RowDraft,
  removed,
  rowsIn,
  type Said,
  ungrouped,
} from '../../../designer/document/guard/draft.ts'
import { guardOf, rowsOf } from '../../../designer/document/guard-rows.ts'
import type { Guard } from '../../../machines/definition/schema.ts'
import { cel } from '../../../machines/processes/author.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'

const any = (): boolean => true
const draftFrom = (guard: Guard): GroupDraft => {
  const read = rowsOf(guard, homeVisit, [])
  if (!read.ok) throw new Error(read.why.en)
  return draftOf(read.rows)
}
const textOf = (draft: GroupDraft): unknown => {
  const guard = guardOf(rowsIn(draft))
  return guard !== undefined && '@expr' in guard ? guard['@expr'] : guard
}
const saying =
  (said: Said) =>
  (row: RowDraft): RowDraft =>
    row.kind === 'leaf' ? { ...row, said } : row
const free: Said = { kind: 'compare', subject: { place: 'job', path: ['free'] }, operator: 'yes' }
const joinedBy = (draft: GroupDraft, group: number, fresh: Fresh): GroupDraft =>
  added(draft, group, fresh, any).draft

describe('rows being written', () => {
  it('come back as they were read', () => {
    const text = "job.free && (job.outcome == 'solved' || has(job.engineer))"
    expect(textOf(draftFrom(cel(text)))).toBe(text)
    expect(halfMade(draftFrom(cel(text)))).toBe(0)
  })

  it('count once they are whole, not before', () => {
    const before = draftFrom(cel('job.free'))
    const { draft, id } = added(before, before.id, { kind: 'compare' }, any)
    expect(textOf(draft)).toBe('job.free')
    expect(halfMade(draft)).toBe(1)
    const subject = { place: 'job', path: ['outcome'] } as const
    const asked = changed(draft, id, saying({ kind: 'compare', subject, operator: 'is' }), any)
    expect(textOf(asked)).toBe('job.free')
    const value = { literal: 'solved' }
    const whole = changed(asked, id, saying({ kind: 'compare', subject, operator: 'is', value }), any)
    expect(textOf(whole)).toBe("job.free && job.outcome == 'solved'")
    expect(halfMade(whole)).toBe(0)
  })

  it('count as they were until they are whole again: nothing that was barred opens meanwhile', () => {
    const before = draftFrom(cel("job.free && job.outcome == 'solved'"))
    const id = before.rows[1]?.id ?? 0
    const subject = { place: 'job', path: ['engineer'] } as const
    const half = changed(before, id, saying({ kind: 'compare', subject, operator: 'is' }), any)
    expect(textOf(half)).toBe("job.free && job.outcome == 'solved'")
    expect(halfMade(half)).toBe(1)
    expect(textOf(changed(half, id, saying(free), any))).toBe('job.free && job.free')
  })

  it('do not count while the check has something against them', () => {
    const before = draftFrom(cel('job.free'))
    const { draft, id } = added(before, before.id, { kind: 'compare' }, any)
    const refused = changed(draft, id, saying(free), () => false)
    expect(textOf(changed(draft, id, saying(free), any))).toBe('job.free && job.free')
    expect(halfMade(refused)).toBe(2)
    expect(textOf(refused)).toBe('job.free')
  })

  it('about entries of a list count with the first whole row within', () => {
    const start = draftFrom(cel('job.free'))
    const { draft, id } = added(start, start.id, { kind: 'some' }, any)
    const list = { place: 'setting', name: 'serviceCentres' } as const
    const listed = changed(draft, id, (row) => (row.kind === 'entry' ? { ...row, list } : row), any)
    expect(textOf(listed)).toBe('job.free')
    const entry = listed.rows[1]
    const inner = entry?.kind === 'entry' ? (entry.rows.rows[0]?.id ?? 0) : 0
    const subject = { place: 'each', path: [] } as const
    const said: Said = { kind: 'compare', subject, operator: 'starts-with', value: { literal: 'north' } }
    expect(textOf(changed(listed, inner, saying(said), any))).toBe(
      "job.free && settings.serviceCentres.exists(each, each.startsWith('north'))",
    )
  })

  it('move past each other, into groups and out of them', () => {
    const draft = draftFrom(cel("job.free && (has(job.engineer) || job.outcome == 'solved')"))
    const free = draft.rows[0]?.id ?? 0
    const into = moved(draft, free, 1, any)
    expect(textOf(into)).toBe("job.free || has(job.engineer) || job.outcome == 'solved'")
    const past = moved(into, free, 1, any)
    expect(textOf(past)).toBe("has(job.engineer) || job.free || job.outcome == 'solved'")
    const out = moved(moved(past, free, 1, any), free, 1, any)
    expect(textOf(out)).toBe("(has(job.engineer) || job.outcome == 'solved') && job.free")
    expect(moved(out, free, 1, any)).toBe(out)
    expect(textOf(moved(into, free, -1, any))).toBe(textOf(draft))
  })

  it('are put into a group, taken apart and away', () => {
    const draft = draftFrom(cel('job.free && has(job.engineer)'))
    const [first] = draft.rows
    const made = grouped(draft, first?.id ?? 0, any)
    expect(textOf(made)).toBe('job.free && has(job.engineer)')
    const group = made.rows[0]
    const inGroup = group?.kind === 'group' ? group : made
    const other = inGroup.rows[1]?.id ?? 0
    const subject = { place: 'job', path: ['outcome'] } as const
    const joined = changed(made, other, saying({ kind: 'compare', subject, operator: 'filled' }), any)
    expect(textOf(joined)).toBe('(job.free || has(job.outcome)) && has(job.engineer)')
    expect(textOf(ungrouped(joined, inGroup.id, any))).toBe(
      'job.free && has(job.outcome) && has(job.engineer)',
    )
    expect(textOf(removed(joined, inGroup.id, any))).toBe('has(job.engineer)')
    expect(textOf(joinedBy(draft, draft.id, { kind: 'group' }))).toBe('job.free && has(job.engineer)')
  })

  it('join named rows as guards', () => {
    const draft = draftFrom(cel('job.free'))
    const named = joinedBy(draft, draft.id, { kind: 'state', not: false, state: 'onSite' })
    expect(textOf(named)).toEqual({
      type: 'and',
      params: { guards: [cel('job.free'), { type: 'stateIn', params: { state: 'onSite' } }] },
    })
  })

  it('are kept half made when the condition changed elsewhere, the rest as it is now', () => {
    const draft = draftFrom(cel('job.free'))
    const half: Said = { kind: 'compare', subject: { place: 'job', path: ['outcome'] }, operator: 'is' }
    const old = joinedBy(joinedBy(draft, draft.id, half), draft.id, { kind: 'compare' })
    const kept = carried(old, draftFrom(cel('has(job.engineer)')))
    expect(textOf(kept)).toBe('has(job.engineer)')
    expect(kept.rows.map((row) => row.kind === 'leaf' && row.said)).toMatchObject([{}, half])
    expect(new Set(kept.rows.map(({ id }) => id)).size).toBe(2)
  })
})
