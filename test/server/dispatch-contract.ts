/**
 * What every store must do with jobs that are handed out: part of the contract of stores of jobs (`store-contract.ts`).
 */
import { describe, expect, it } from 'vitest'
import type { WaitingQuery } from '../../server/store/dispatch-port.ts'
import type { JobIndex, JobStore } from '../../server/store/port.ts'
import { at, change, commit, job } from './store-fixtures.ts'

export function dispatchContract(name: string, open: () => JobStore): void {
  describe(`${name}: jobs that are handed out`, () => {
    const put = (...changes: ReturnType<typeof change>[]) => open().commit(commit(changes))
    const planned = (minute: number | undefined, more: Partial<JobIndex> = {}): Partial<JobIndex> => ({
      plan:
        minute === undefined
          ? { about: ['打印机'] }
          : { at: at(minute), kind: 'appointment', about: ['打印机'] },
      ...more,
    })
    const waiting = async (query: Partial<WaitingQuery> = {}) => {
      const { rows, total } = await open().dispatch.waiting({ limit: 10, ...query })
      return [rows.map(({ id }) => id).join(' '), total]
    }

    it('lists what waits for somebody, the earliest first, what has no time last', async () => {
      await put(
        change(job('late'), planned(300)),
        change(job('timeless'), planned(undefined)),
        change(job('early'), planned(100)),
        change(job('given'), planned(50, { assignee: 'li' })),
        change(job('resting'), planned(50, { suspended: true })),
        change(job('over', 1, { status: 'done' }), planned(50)),
        change(job('another kind')),
      )
      expect(await waiting()).toEqual(['early late timeless', 3])
      expect(await waiting({ limit: 1 })).toEqual(['early', 3])
      const { rows } = await open().dispatch.waiting({ limit: 1 })
      expect(rows[0]).toEqual({
        id: 'early',
        process: 'home-visit',
        version: 1,
        seq: 1,
        status: 'active',
        index: expect.objectContaining({ plan: { at: at(100), kind: 'appointment', about: ['打印机'] } }),
      })
    })

    it('filters them by region, process and words', async () => {
      await put(
        change(job('a'), planned(1, { region: '浦东', text: '宏达 打印机' })),
        change(job('b'), planned(2, { region: '浦西', text: '宏达 服务器' })),
        change(job('c', 1, { process: 'fault' }), planned(3, { text: 'bright foods' })),
      )
      expect(await waiting({ region: '浦东' })).toEqual(['a', 1])
      expect(await waiting({ process: 'fault' })).toEqual(['c', 1])
      expect(await waiting({ text: '宏达' })).toEqual(['a b', 2])
      expect(await waiting({ text: '宏达', region: '浦西' })).toEqual(['b', 1])
      expect(await waiting({ text: 'nobody' })).toEqual(['', 0])
      expect(await open().dispatch.waitingRegions()).toEqual(['浦东', '浦西'].sort())
    })

    it('keeps to the limits of whoever asks', async () => {
      await put(
        change(job('a'), planned(1, { region: '浦东' })),
        change(job('b'), planned(2, { region: '浦西' })),
        change(job('c', 1, { process: 'fault' }), planned(3, { region: '静安' })),
        change(job('d'), planned(4)),
      )
      const within = [{ regions: ['浦东'] }, { processes: ['fault'] }]
      expect(await waiting({ within })).toEqual(['a c', 2])
      expect(await waiting({ within, process: 'fault' })).toEqual(['c', 1])
      expect(await waiting({ within: [] })).toEqual(['', 0])
      expect(await open().dispatch.waitingRegions(within)).toEqual(['浦东', '静安'].sort())
    })

    it('follows a job that is given to somebody, moved, and over', async () => {
      const ids = async (from: number, to: number) =>
        (await open().dispatch.planned(at(from), at(to))).map(({ id }) => id).join(' ')
      await put(change(job('a'), planned(100)), change(job('b'), planned(150, { assignee: 'wang' })))
      await put(change(job('a', 2), planned(100, { assignee: 'li' })))
      expect(await waiting()).toEqual(['', 0])
      expect(await ids(100, 151)).toBe('a b')
      expect(await ids(101, 150)).toBe('')
      expect(await open().dispatch.loads()).toEqual(new Map(Object.entries({ li: 1, wang: 1 })))
      await put(change(job('a', 3), planned(400, { assignee: 'li' })))
      expect(await ids(0, 200)).toBe('b')
      await put(change(job('a', 4, { status: 'done' }), planned(400, { assignee: 'li' })))
      expect(await ids(300, 500)).toBe('a')
      expect(await open().dispatch.loads()).toEqual(new Map(Object.entries({ wang: 1 })))
      expect((await open().dispatch.plannedJob('a'))?.seq).toBe(4)
      await put(change(job('b', 2, { status: 'cancelled' }), { assignee: 'wang' }))
      expect([await ids(0, 200), await open().dispatch.plannedJob('b')]).toEqual(['', undefined])
      expect(await open().dispatch.plannedJob('none')).toBeUndefined()
    })
  })
}
