/** The queue of acts: in order, once, past refusals, between tabs, and with no room left. */
import { describe, expect, it } from 'vitest'
import type { Act, Doing, Verdict } from '../../../designer/work/act.ts'
import { Queue } from '../../../designer/work/queue.ts'
import { memoryShelf, NoRoom, type Shelf } from '../../../designer/work/shelf.ts'

const note = (text: string): Doing => ({ kind: 'note', text })
const textOf = ({ doing }: Act): string => (doing.kind === 'note' ? doing.text : doing.kind)
const BECAUSE = { code: 'refused', reasons: [] }

/** A lock as browsers have it: whoever comes waits for who is in. */
function lockOf(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return (work) => {
    last = last.then(work, work)
    return last
  }
}

/** A telephone: what the server says is up to the test; time passes when the test says so. */
function telephone({
  shelf = memoryShelf(),
  alone = lockOf(),
}: {
  shelf?: Shelf
  alone?: ReturnType<typeof lockOf>
} = {}) {
  const sent: { id: string; text: string }[] = []
  const timers: (() => void)[] = []
  const tabs: Queue[] = []
  let seq = 1
  let keys = 0
  const world = {
    shelf,
    sent,
    told: () => sent.map(({ text }) => text),
    answer: (_act: Act): Verdict => {
      seq += 1
      return { is: 'taken', seq }
    },
    pass: () => {
      for (const timer of timers.splice(0)) timer()
    },
    tab(person = 'li') {
      const tab: Queue = new Queue({
        shelf,
        person,
        alone,
        now: () => Date.parse('2026-03-02T01:00:00Z'),
        newKey: () => {
          keys += 1
          return `key-${keys}`
        },
        async send(act) {
          sent.push({ id: act.id, text: textOf(act) })
          // As long as a request takes: others get their turn meanwhile.
          await new Promise((resolve) => setTimeout(resolve, 1))
          return world.answer(act)
        },
        tellOthers: () => {
          for (const other of tabs) if (other !== tab) void other.refresh()
        },
        later(_ms, call) {
          timers.push(call)
          return () => {
            const place = timers.indexOf(call)
            if (place >= 0) timers.splice(place, 1)
          }
        },
      })
      tabs.push(tab)
      return tab
    },
  }
  return world
}
const away = (): Verdict => ({ is: 'later', why: 'away' })
const waiting = (queue: Queue) =>
  queue
    .state()
    .acts.filter((act) => act.state === 'waiting')
    .map(textOf)

describe('the queue of acts', () => {
  it('sends in the order in which things were done, with the time of the device', async () => {
    const world = telephone()
    const queue = world.tab()
    for (const text of ['one', 'two', 'three']) await queue.add('a', note(text))
    await queue.idle()
    expect(world.told()).toEqual(['one', 'two', 'three'])
    expect(queue.state().acts.map(({ state, seq, at }) => [state, seq, at])).toEqual([
      ['sent', 2, '2026-03-02T01:00:00.000Z'],
      ['sent', 3, '2026-03-02T01:00:00.000Z'],
      ['sent', 4, '2026-03-02T01:00:00.000Z'],
    ])
    await queue.settle('a', 3)
    expect(queue.state().acts.map(textOf)).toEqual(['three'])
  })

  it('keeps what is done without a connection, also over a reload, and sends it under the same key until there is an answer', async () => {
    const world = telephone()
    const online = world.answer
    world.answer = away
    const before = world.tab()
    await before.add('a', note('one'))
    await before.add('a', note('two'))
    await before.idle()
    expect([waiting(before), before.state().hindrance]).toEqual([['one', 'two'], 'away'])
    expect(world.told().filter((text) => text === 'two')).toEqual([])

    const after = world.tab()
    world.answer = online
    after.wake()
    await after.idle()
    expect([waiting(after), after.state().hindrance]).toEqual([[], undefined])
    const keys = world.sent.filter(({ text }) => text === 'one').map(({ id }) => id)
    expect(keys.length).toBeGreaterThan(1)
    expect(new Set(keys).size).toBe(1)
    expect(world.told().at(-1)).toBe('two')
  })

  it('tries again by itself after a while', async () => {
    const world = telephone()
    const online = world.answer
    world.answer = away
    const queue = world.tab()
    await queue.add('a', note('one'))
    await queue.idle()
    world.answer = online
    world.pass()
    await queue.idle()
    expect(waiting(queue)).toEqual([])
  })

  it('holds up the later acts of a job with a refused one, and those of no other job', async () => {
    const world = telephone()
    const usual = world.answer
    world.answer = (act) => (textOf(act) === 'wrong' ? { is: 'refused', because: BECAUSE } : usual(act))
    const queue = world.tab()
    await queue.add('a', note('wrong'))
    await queue.add('a', note('after it'))
    await queue.add('b', note('elsewhere'))
    await queue.idle()
    expect(world.told()).toEqual(['wrong', 'elsewhere'])
    const [refused] = queue.state().acts
    expect([refused?.state, refused?.refused]).toEqual(['refused', BECAUSE])
    queue.wake()
    await queue.idle()
    expect(world.told()).toEqual(['wrong', 'elsewhere'])

    if (refused === undefined) throw new Error('nothing was refused')
    await queue.drop(refused)
    await queue.idle()
    expect(world.told()).toEqual(['wrong', 'elsewhere', 'after it'])
  })

  it('sends a refused act that was changed in its old place, as another request', async () => {
    const world = telephone()
    const usual = world.answer
    world.answer = (act) => (textOf(act) === 'wrong' ? { is: 'refused', because: BECAUSE } : usual(act))
    const queue = world.tab()
    await queue.add('a', note('wrong'))
    await queue.add('a', note('after it'))
    await queue.idle()
    const [refused] = queue.state().acts
    if (refused === undefined) throw new Error('nothing was refused')
    await queue.retry(refused, note('right'))
    await queue.idle()
    expect(world.told()).toEqual(['wrong', 'right', 'after it'])
    expect(world.sent[0]?.id).not.toBe(world.sent[1]?.id)
    expect(queue.state().acts.every(({ refused: why }) => why === undefined)).toBe(true)
  })

  it('sends nothing twice from two tabs, and leaves nothing that came in while the other was sending', async () => {
    const world = telephone()
    const one = world.tab()
    const other = world.tab()
    await Promise.all([
      one.add('a', note('1')),
      other.add('a', note('2')),
      one.add('b', note('3')),
      other.add('b', note('4')),
    ])
    one.wake()
    other.wake()
    await Promise.all([one.idle(), other.idle()])
    expect(world.told().toSorted()).toEqual(['1', '2', '3', '4'])
    expect([waiting(one), waiting(other)]).toEqual([[], []])
  })

  it('holds on to what was sent until this tab sees it in the job, also where another has', async () => {
    const world = telephone()
    const one = world.tab()
    const other = world.tab()
    await one.add('a', note('1'))
    await one.idle()
    await other.refresh()
    await other.settle('a', 2)
    await one.refresh()
    expect([one.state().acts.map(textOf), other.state().acts]).toEqual([['1'], []])
    await one.settle('a', 2)
    expect(one.state().acts).toEqual([])
  })

  it('leaves alone what another person did on the same telephone', async () => {
    const world = telephone()
    const usual = world.answer
    world.answer = away
    const first = world.tab('li')
    await first.add('a', note('mine'))
    await first.idle()
    world.answer = usual
    const second = world.tab('wang')
    second.wake()
    await second.idle()
    expect(second.state().acts).toEqual([])
    expect(world.answer).toBe(usual)
    expect((await world.shelf.acts('li')).map(({ state }) => state)).toEqual(['waiting'])
  })

  it('says so where there is no room, and has then done nothing', async () => {
    const shelf = memoryShelf()
    const world = telephone({
      shelf: {
        ...shelf,
        add: async () => {
          throw new NoRoom('full')
        },
      },
    })
    const queue = world.tab()
    expect(await queue.add('a', note('one'))).toBe(false)
    await queue.idle()
    expect([world.told(), queue.state().acts]).toEqual([[], []])
  })

  it('lets go of a photo once the server has it', async () => {
    const world = telephone()
    const queue = world.tab()
    await queue.add('a', { kind: 'attach', evidence: { kind: 'photo' } }, new Blob(['x']))
    await queue.idle()
    expect(queue.state().acts[0]).toMatchObject({ state: 'sent' })
    expect(queue.state().acts[0]).not.toHaveProperty('file')
  })
})
