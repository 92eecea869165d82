import { describe, expect, it } from 'vitest'
import { createClockControl, createManualClock } from '../../server/clock.ts'

const NINE = Date.parse('2026-03-27T01:00:00.000Z')
const HOUR = 3_600_000

function control(
  runUntil: (target: number, setNow: (ms: number) => void) => Promise<unknown>,
  zone = 'Asia/Shanghai',
) {
  const clock = createManualClock(NINE)
  const saved: string[] = []
  const moved = createClockControl({
    clock,
    timers: { runUntil },
    save: async (now) => {
      saved.push(now)
    },
    timeZone: async () => zone,
  })
  return { clock, saved, move: moved.move }
}

describe('a manual clock', () => {
  it('never goes back', () => {
    const clock = createManualClock(NINE)
    clock.set(NINE - 1)
    expect(clock.now()).toBe(NINE)
  })
  it('moves in turn: two moves of an hour are two hours', async () => {
    const { move, saved } = control(async (target, setNow) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      setNow(target)
    })
    const answers = await Promise.all([move({ advance: 'PT1H' }), move({ advance: 'PT1H' })])
    expect(answers.map(({ now }) => now)).toEqual(['2026-03-27T02:00:00.000Z', '2026-03-27T03:00:00.000Z'])
    expect(saved).toEqual(answers.map(({ now }) => now))
  })
  it('counts days by the organisation’s calendar, over the change to summer time too', async () => {
    const { move } = control(async () => undefined, 'Europe/Berlin')
    expect((await move({ advance: 'P3D' })).now).toBe('2026-03-30T00:00:00.000Z')
  })
  it('keeps how far it came where a timer failed', async () => {
    const { move, saved } = control(async (_target, setNow) => {
      setNow(NINE + HOUR)
      throw new Error('disk full')
    })
    await expect(move({ advance: 'PT5H' })).rejects.toThrow('disk full')
    expect(saved).toEqual(['2026-03-27T02:00:00.000Z'])
    await expect(move({ advance: '-PT1H' })).rejects.toThrow('clock-backwards')
  })
})
