/**
 * Every norm counts: the catalogue is whole, each norm bites as its kind asks, and each that could be got round
 * has a test that tries to.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bites, normTable } from '../machines/norm-effects.ts'
import { NORMS } from '../machines/norms.ts'
import { SHIPPED } from '../machines/processes/index.ts'
import { normsPage } from '../scripts/norms-page.ts'

/** Titles of all tests, read from their files. */
function titlesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      return [...text.matchAll(/\b(?:it|test)(?:\.each\([\s\S]*?\))?\(\s*['"`]([^'"`]+)/g)].map(
        (match) => match[1] ?? '',
      )
    })
}
const titles = titlesIn(import.meta.dirname)
const tested = (norm: string): boolean =>
  titles.some((title) => (title.split(':')[0] ?? '').split(/[,\s]+/).includes(norm) && title.includes(':'))

describe('the norms', () => {
  const table = normTable(SHIPPED)

  it('are all 195, each id once', () => {
    expect(NORMS).toHaveLength(195)
    expect(new Set(NORMS.map((norm) => norm.id)).size).toBe(195)
  })

  it('all take effect', () => {
    expect(table.filter((norm) => norm.status === 'pending').map((norm) => norm.id)).toEqual([])
  })

  it('a table without processes shows nearly all as pending: the check can fail', () => {
    expect(normTable([]).filter((norm) => norm.status === 'pending').length).toBeGreaterThan(185)
    const deadline = NORMS.find((norm) => norm.id === 'HV-02')
    expect(deadline).toBeDefined()
    if (deadline !== undefined)
      expect(
        bites(deadline, [
          {
            kind: 'deadline',
            pointer: '/delays/x',
            title: { en: '', zh: '' },
            enforced: false,
            process: 'x',
          },
        ]),
      ).toBe(false)
  })

  it('a deadline runs out, and an order, consent or qualification is tried to be got round: each has a test', () => {
    const kinds = ['deadline', 'order', 'consent', 'qualification']
    const without = NORMS.filter((norm) => kinds.includes(norm.kind) && !tested(norm.id)).map(
      (norm) => norm.id,
    )
    expect(without).toEqual([])
  })

  it('docs/norms.md is what the definitions say (npm run norms)', () => {
    expect(readFileSync(join(import.meta.dirname, '../docs/norms.md'), 'utf8')).toBe(normsPage())
  })
})
