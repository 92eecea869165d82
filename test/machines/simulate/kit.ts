/**
 * A scenario on the small bench repair, and short words for running one.
 */

import { compile } from '../../../machines/compile/compile.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { text } from '../../../machines/processes/author.ts'
import { begin, take } from '../../../machines/simulate/run.ts'
import type { Doing, Scenario, Step } from '../../../machines/simulate/scenario.ts'
import type { Line, Mode, Setup, Sim } from '../../../machines/simulate/sim.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { bench } from '../advance/fixtures.ts'

const START = '2026-03-02T02:00:00.000Z'

/** A quote over the limit, which the customer accepts ten minutes after it is made. */
export const quoted: Scenario = {
  id: 'a-quote',
  process: 'bench',
  title: text('A quote', '一次报价'),
  briefing: text('A printer stands on your bench.', '工作台上有一台打印机。'),
  difficulty: 'easy',
  tags: ['quote'],
  seed: 7,
  start: {
    now: START,
    fields: { serial: 'SN-1' },
    trainee: { name: text('Li', '小李'), roles: ['engineer'] },
  },
  cast: {
    customer: { name: text('Mr Wang', '王先生'), roles: ['customer'], temper: 'impatient' },
    dispatcher: { name: text('Ms Zhao', '赵女士'), roles: ['dispatcher'] },
  },
  happens: [
    {
      id: 'accepts',
      when: { enters: 'working.asking' },
      after: 'PT10M',
      while: 'working.asking',
      does: [
        { act: 'say', by: 'customer', text: text('All right, go ahead.', '行，修吧。'), temper: 'calm' },
        { act: 'event', by: 'customer', type: 'accept' },
      ],
    },
  ],
  moves: [
    {
      id: 'argue',
      text: text('Tell him he broke it himself', '说是他自己弄坏的'),
      in: ['working.asking'],
      breaks: ['PC-08'],
      explain: text('Arguing settles nothing.', '争执解决不了问题。'),
      does: [{ act: 'say', by: 'customer', text: text('How dare you!', '你什么态度！'), temper: 'angry' }],
    },
    {
      id: 'dear',
      text: text('Quote 300 yuan', '报价300元'),
      in: ['working.looking'],
      as: { do: 'event', type: 'quote', payload: { price: 300 } },
      keeps: ['HV-16'],
    },
  ],
  until: ['closed'],
  timeLimit: 'PT4H',
  rubric: { norms: { 'HV-02': 20, 'HV-16': 20, 'DR-16': 20 }, critical: ['GN-04'], passMark: 80 },
  runs: {},
}

export const setupOf = (mode: Mode, scenario: Scenario = quoted, definition: Definition = bench): Setup => ({
  scenario,
  compiled: compile(definition),
  version: 1,
  calendars: DEFAULT_CALENDARS,
  seed: scenario.seed,
  mode,
})

export function begun(setup: Setup): Sim {
  const taken = begin(setup)
  if (!taken.ok) throw new Error(`${taken.fault} ${JSON.stringify(taken.reasons)}`)
  return taken.sim
}

export const step = (what: Doing, after?: string): Step => ({
  what,
  ...(after === undefined ? {} : { after }),
})
export const send = (type: string, payload: Record<string, unknown> = {}): Doing => ({
  do: 'event',
  type,
  payload,
})

/** Every step must make sense; whether the process takes it is another matter. */
export function played(sim: Sim, ...steps: Step[]): Sim {
  return steps.reduce((present, one) => {
    const taken = take(present, one)
    if (!taken.ok) throw new Error(`${JSON.stringify(one)}: ${taken.fault}`)
    return taken.sim
  }, sim)
}

/** The model way through `quoted`. */
export const WELL: Step[] = [
  step(send('take', { engineer: 'trainee' }), 'PT5M'),
  step({ do: 'move', move: 'dear' }, 'PT15M'),
  step({ do: 'tick', item: 'strap' }, 'PT12M'),
  step({ do: 'tick', item: 'photo', evidence: { kind: 'photo', file: 'a'.repeat(64) } }, 'PT1M'),
  step(send('repaired'), 'PT20M'),
]

/** What can be read of a run, one line each: minutes from the start and what happened. */
export const told = (sim: Sim): string[] =>
  sim.lines.map((line) => `${Math.round((line.at - Date.parse(START)) / 60_000)} ${worded(line)}`)

function worded(line: Line): string {
  switch (line.is) {
    case 'said':
      return `${line.by}: ${line.text.en}${line.temper === undefined ? '' : ` (${line.temper})`}`
    case 'told':
      return `seen: ${line.text.en}`
    case 'did':
      return `did ${line.move ?? ('type' in line.what ? line.what.type : 'item' in line.what ? line.what.item : line.what.do)}`
    case 'acted':
      return `${line.by} did ${line.act.act}`
    case 'refused':
      return `refused: ${line.reasons.map(({ code }) => code).join()}`
    case 'lapsed':
      return `lapsed: ${line.act.act}`
    case 'timer':
      return `timer ${line.delay}`
    case 'entered':
      return `in ${line.active.join()}`
    case 'broke':
      return `broke ${line.norm}${line.critical ? ' critically' : ''}`
    case 'noticed':
      return `notice: ${line.message.en}`
    case 'explained':
      return `explained: ${line.text.en}`
    case 'over':
      return `over: ${line.why}`
  }
}
