/** Evidence before it is sent, signatures as strokes, stretches that count down. */
import { describe, expect, it } from 'vitest'
import { isSigned, pathOf } from '../../../designer/jobs/parts/ink.ts'
import {
  blankProof,
  evidenceOf,
  isWhole,
  type Proof,
  wantedKind,
} from '../../../designer/jobs/parts/proof.ts'
import { countdown } from '../../../designer/jobs/span.ts'

const file = new Blob(['x'])

describe('a proof', () => {
  it('is whole only with all that an item wants', () => {
    for (const kind of ['text', 'number', 'photo', 'signature', 'serial'] as const)
      expect(isWhole(blankProof(kind)), kind).toBe(false)
    const whole: Proof[] = [
      { kind: 'text', text: 'done' },
      { kind: 'serial', text: 'SN-1' },
      { kind: 'number', number: '-4.5' },
      { kind: 'photo', file },
      { kind: 'signature', file, signedBy: 'Wang Fang' },
    ]
    expect(whole.map(isWhole)).toEqual([true, true, true, true, true])
    expect(isWhole({ kind: 'signature', file, signedBy: ' ' })).toBe(false)
    expect(isWhole({ kind: 'signature', signedBy: 'Wang Fang' })).toBe(false)
    expect(isWhole({ kind: 'number', number: 'many' })).toBe(false)
  })

  it('becomes the evidence that a tick names', () => {
    expect(evidenceOf({ kind: 'number', number: '12.5' })).toEqual({ kind: 'number', number: 12.5 })
    expect(evidenceOf({ kind: 'serial', text: ' SN-1 ' })).toEqual({ kind: 'serial', text: 'SN-1' })
    expect(evidenceOf({ kind: 'signature', file, signedBy: ' Wang ' }, 'ab')).toEqual({
      kind: 'signature',
      signedBy: 'Wang',
      file: 'ab',
    })
    expect(wantedKind('none')).toBeUndefined()
    expect(wantedKind('photo')).toBe('photo')
  })
})

describe('a signature', () => {
  it('is more than a dot or a slip', () => {
    const slip = Array.from({ length: 9 }, (_, index) => ({ x: 0.5 + index / 1000, y: 0.2 }))
    const name = Array.from({ length: 9 }, (_, index) => ({ x: 0.2 + index / 20, y: 0.1 + (index % 2) / 10 }))
    expect(isSigned([])).toBe(false)
    expect(isSigned([[{ x: 0.5, y: 0.2 }]])).toBe(false)
    expect(isSigned([slip])).toBe(false)
    expect(isSigned([name])).toBe(true)
  })

  it('is drawn in the size of its paper, a dot too', () => {
    expect(pathOf([], 600)).toBe('')
    expect(pathOf([{ x: 0.5, y: 0.1 }], 600)).toMatch(/^M300\.0 60\.0/)
    const path = pathOf(
      [
        { x: 0, y: 0 },
        { x: 0.5, y: 0.1 },
        { x: 1, y: 0.2 },
      ],
      100,
    )
    expect(path).toBe('M0.0 0.0Q50.0 10.0 75.0 15.0L100.0 20.0')
  })
})

describe('a countdown', () => {
  it('tells seconds in the last hour and not before', () => {
    expect(countdown(2 * 3_600_000 + 5 * 60_000 + 7000, 'en')).toBe('2 hours 5 minutes')
    expect(countdown(12 * 60_000 + 5000, 'en')).toBe('12 min 5 sec')
    expect(countdown(9000, 'zh-CN')).toMatch(/^9\s?秒$/)
    expect(countdown(-5, 'en')).toBe('0 sec')
  })
})
