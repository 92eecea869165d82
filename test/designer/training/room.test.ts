import { describe, expect, it } from 'vitest'
import { counting, nextTimerAt, untilBreach, untilSomething } from '../../../designer/training/room/clock.ts'
import { Room } from '../../../designer/training/room/room.ts'
import { plant, present, stepsTo } from '../../../designer/training/room/timeline.ts'
import { text } from '../../../machines/processes/author.ts'
import { replaySteps } from '../../../machines/simulate/known-runs.ts'
import type { Scenario, Step } from '../../../machines/simulate/scenario.ts'
import type { Mode } from '../../../machines/simulate/sim.ts'
import { begun, quoted, send, setupOf, step } from '../../machines/simulate/kit.ts'

/** After ten minutes the customer asks. */
const asking: Scenario = {
  ...quoted,
  happens: [
    {
      id: 'asks',
      when: { at: 'PT10M' },
      does: [{ act: 'say', by: 'customer', text: text('Well?', '怎么样了？') }],
    },
  ],
}
function opened(mode: Mode, scenario: Scenario = asking): { room: Room; sent: () => readonly Step[] } {
  let last: readonly Step[] = []
  const room = new Room(plant(begun(setupOf(mode, scenario))), (steps) => {
    last = steps
  })
  return { room, sent: () => last }
}
const minutes = ({ view }: Room): number => (view.sim.now - view.sim.startedAt) / 60_000
const TAKE = send('take', { engineer: 'trainee' })

describe('the clock', () => {
  it('runs with real time at a speed, and rests while a form is filled in', () => {
    const { room } = opened('practice')
    room.tick(60_000)
    expect(minutes(room)).toBe(0)
    room.play(10)
    room.tick(6_000)
    expect(minutes(room)).toBe(1)
    room.hold(true)
    room.tick(6_000)
    expect(minutes(room)).toBe(1)
  })

  it('stops at what happens on the way, keeps it as a step, and goes on slowly enough to read it', () => {
    const { room, sent } = opened('practice')
    room.play(600)
    room.tick(60_000)
    expect(minutes(room)).toBe(10)
    expect(room.view.sim.lines.at(-1)).toMatchObject({ is: 'said' })
    expect(room.view).toMatchObject({ speed: 1, isPlaying: true })
    expect(sent()).toEqual([{ after: 'PT600S', what: { do: 'wait' } }])
  })

  it('passes to what comes next, to a breach, or tells that nothing comes', () => {
    const { room } = opened('practice')
    room.passToSomething()
    expect(minutes(room)).toBe(10)
    room.passToBreach()
    expect(minutes(room)).toBe(30)
    expect(room.view.sim.marks.at(-1)).toMatchObject({ norm: 'HV-02', is: 'broken' })
    room.passToSomething()
    expect(room.view.notice).toBe('nothing-comes')
    expect(untilBreach(room.view.sim)).toBeUndefined()
    expect(untilSomething(room.view.sim)).toBeUndefined()
    expect(nextTimerAt(room.view.sim)).toBeUndefined()
  })

  it('in an examination neither rests nor stands still nor leaps, and nothing is taken back', () => {
    const { room } = opened('examination')
    room.play(1)
    room.hold(true)
    room.pause()
    room.tick(60_000)
    expect(minutes(room)).toBe(1)
    room.passMinutes(5)
    expect(minutes(room)).toBe(1)
    room.tick(250)
    expect(minutes(room)).toBe(3.5)
    room.tick(1_000)
    expect(minutes(room)).toBe(6)
    expect(room.view.speed).toBe(1)
    expect(room.do(TAKE)).toBe(true)
    room.back()
    expect(present(room.view.timeline).step?.what).toEqual(TAKE)
  })

  it('says how long a working calendar rests', () => {
    const { sim } = opened('practice').room.view
    const friday = { ...sim, now: Date.parse('2026-03-06T12:00:00.000Z') }
    const due = Date.parse('2026-03-09T02:00:00.000Z')
    const [name] = Object.keys(sim.setup.calendars.calendars)
    const told = counting(friday, due, name)
    expect(told.restsUntil).toBeGreaterThan(friday.now)
    expect(told.leftMs).toBeLessThan(due - friday.now)
    expect(counting(friday, due, undefined)).toEqual({ leftMs: due - friday.now })
  })
})

describe('what is done', () => {
  it('is a step with the time before it, which replays to the same', () => {
    const { room, sent } = opened('practice')
    room.play(60)
    room.tick(5_000)
    expect(room.do(TAKE)).toBe(true)
    expect(sent()).toEqual([{ after: 'PT300S', what: TAKE }])
    const again = replaySteps(setupOf('practice', asking), sent())
    expect(again.ok && again.sim.job).toEqual(room.view.sim.job)
  })

  it('is taken back in practice, and gone on from', () => {
    const { room, sent } = opened('practice')
    room.do(TAKE)
    room.do({ do: 'move', move: 'dear' })
    room.back()
    expect(sent()).toHaveLength(1)
    expect(room.do({ do: 'move', move: 'argue' })).toBe(false)
    expect(room.view.notice).toBe('not-possible')
    room.do(send('quote', { price: 50 }))
    expect(room.view.timeline.moments).toHaveLength(3)
  })

  it('goes no further where the server ended it', () => {
    const { room } = opened('examination')
    room.endBy('critical')
    expect(room.do(TAKE)).toBe(false)
    expect(room.view.over).toBe('critical')
  })
})

describe('what a trainer throws in', () => {
  it('comes first, and what was not sent yet goes on top at its own time', () => {
    const { room } = opened('practice')
    room.do(TAKE)
    room.play(60)
    room.tick(2_000)
    room.do({ do: 'move', move: 'dear' })
    const thrown = step({ do: 'happen', act: { act: 'tell', text: text('The power fails.', '停电了。') } })
    room.takeIn([{ what: TAKE }, thrown], 1)
    expect(stepsTo(room.view.timeline).map(({ what }) => what.do)).toEqual(['event', 'happen', 'move'])
    expect(minutes(room)).toBe(2)
    expect(room.view.notice).toBe('thrown-in')
  })
})
