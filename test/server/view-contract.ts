/**
 * What every store must do with people's views of lists: part of the contract of stores of jobs (`store-contract.ts`).
 */
import { describe, expect, it } from 'vitest'
import type { JobStore } from '../../server/store/port.ts'

export function viewContract(name: string, store: () => JobStore): void {
  const view = (id: string, search: string) => ({ id, name: `视图 ${id}`, search })
  describe(`${name}: views`, () => {
    it('are kept in their order, each by its person', async () => {
      await store().saveView('zhou', view('b', '?status=active'))
      await store().saveView('zhou', view('a', '?overdue=true'))
      await store().saveView('lin', view('a', ''))
      await store().saveView('zhou', { ...view('b', '?status=done'), name: 'done' })
      expect(await store().views('zhou')).toEqual([
        { id: 'b', name: 'done', search: '?status=done' },
        view('a', '?overdue=true'),
      ])
      expect(await store().dropView('zhou', 'a')).toBe(true)
      expect(await store().dropView('zhou', 'a')).toBe(false)
      expect(await store().views('lin')).toEqual([view('a', '')])
      expect(await store().views('nobody')).toEqual([])
    })
  })
}
