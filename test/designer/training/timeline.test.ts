import { describe, expect, it } from 'vitest'
import { compare } from '../../../designer/training/room/compare.ts'
import {
  endsOf,
  follow,
  forkOf,
  goTo,
  grow,
  nameBranch,
  plant,
  present,
  restored,
  stepsTo,
  stored,
  type Timeline,
} from '../../../designer/training/room/timeline.ts'
import type { Step } from '../../../machines/simulate/scenario.ts'
import { begun, send, setupOf, step, WELL } from '../../machines/simulate/kit.ts'

const beginning = () => plant(begun(setupOf('practice')))
function grown(timeline: Timeline, ...steps: Step[]): Timeline {
  return steps.reduce((going, each) => {
    const next = grow(going, each)
    if (!next.ok) throw new Error(next.fault)
    return next.timeline
  }, timeline)
}
/** Quoted dear by the words of the scenario, then argued; and branched off to a cheap quote. */
const [TAKE, DEAR] = WELL
const ARGUE = step({ do: 'move', move: 'argue' }, 'PT1M')
const CHEAP = step(send('take', { engineer: 'trainee' }), 'PT20M')
function branched(): Timeline {
  if (TAKE === undefined || DEAR === undefined) throw new Error('no way')
  return grown(goTo(grown(beginning(), TAKE, DEAR, ARGUE), 0), CHEAP)
}

describe('the tree of moments', () => {
  it('goes back to any moment and on from there, and keeps what was left', () => {
    const tree = branched()
    expect(stepsTo(tree)).toEqual([CHEAP])
    expect(endsOf(tree).map(({ id }) => id)).toEqual([3, 4])
    expect(stepsTo(tree, 3)).toEqual([TAKE, DEAR, ARGUE])
    expect(forkOf(tree, 3, 4).id).toBe(0)
    expect(present(goTo(tree, 3)).sim.lines.some((line) => line.is === 'said')).toBe(true)
  })

  it('knows a step again that was taken before from the same moment', () => {
    const tree = branched()
    const again = grown(goTo(tree, 0), CHEAP)
    expect(again.moments).toHaveLength(tree.moments.length)
    expect(again.here).toBe(4)
  })

  it('tells of a step that makes no sense, and stays where it is', () => {
    const tree = beginning()
    expect(grow(tree, ARGUE)).toEqual({ ok: false, fault: 'not-offered' })
    expect(follow(tree, [...WELL.slice(0, 1), step({ do: 'move', move: 'argue' }), ...WELL])).toMatchObject({
      gone: 1,
      timeline: { here: 1 },
    })
  })

  it('is kept as steps and made again to the letter', () => {
    const tree = nameBranch(branched(), 3, ' 争执 ')
    const again = restored(begun(setupOf('practice')), JSON.parse(JSON.stringify(stored(tree))))
    expect(again?.here).toBe(4)
    expect(again?.names).toEqual({ 3: '争执' })
    expect(again?.moments.map(({ sim }) => sim.lines)).toEqual(tree.moments.map(({ sim }) => sim.lines))
    expect(nameBranch(tree, 3, ' ').names).toEqual({})
    const harmed = stored(tree)
    expect(
      restored(begun(setupOf('practice')), { ...harmed, moments: harmed.moments.slice(1) }),
    ).toBeUndefined()
  })
})

describe('two moments side by side', () => {
  it('differ in states, fields, broken norms and time', () => {
    const tree = branched()
    const [one, other] = [goTo(tree, 3), goTo(tree, 4)].map((each) => present(each).sim)
    if (one === undefined || other === undefined) throw new Error('no moments')
    const told = compare(one, other)
    expect(told.one.active).toEqual(['working.asking'])
    expect(told.other.active).toEqual(['working.looking'])
    expect(told.fields).toContainEqual({ name: 'price', one: 300, other: undefined })
    expect(told.broken).toContainEqual({ norm: 'PC-08', one: 1, other: 0 })
    expect(told.one.usedMs).toBe(21 * 60_000)
    expect(told.other.usedMs).toBe(20 * 60_000)
  })

  it('do not differ from themselves', () => {
    const { sim } = present(branched())
    expect(compare(sim, sim)).toMatchObject({ fields: [], broken: [], deadlines: [] })
  })
})
