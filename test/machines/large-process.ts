/**
 * A valid process as large as one gets: phases in a row, each with steps, a nested group and two regions.
 *
 * Promises: the same seed gives the same process; every phase has 25 states, so that 12 make 300, with exactly as many
 * transitions as asked for: along the work, back, across phases, by events, delays, completion and conditions.
 */
import type {
  Definition,
  Delay,
  EventSchema,
  StateNode,
  Text,
  Transition,
} from '../../machines/definition/schema.ts'
import { breach, cel, item, notify, text, toRole } from '../../machines/processes/author.ts'
import { random } from './random.ts'

const PHASES = [
  text('Intake of the request', '受理请求'),
  text('Appointment with the customer', '与客户预约'),
  text('Preparation of parts', '备件准备'),
  text('Journey to the site', '前往现场'),
  text('Diagnosis on site', '现场诊断'),
  text('Quote and agreement', '报价与确认'),
]
const STEPS = [
  text('Waiting for the customer to confirm the time', '等待客户确认上门时间'),
  text('Checked by the coordinator', '调度员核对'),
  text('Engineer on the way', '工程师在途'),
  text('Part ordered', '已订备件'),
  text('Result recorded', '已记录结果'),
  text('Quote accepted', '客户已接受报价'),
  text('Waiting for the permit', '等待作业许可'),
]
const ways = [
  text('Confirmed', '已确认'),
  text('Not reached', '联系不上'),
  text('Part has arrived', '备件到货'),
  text('Customer asks for another time', '客户要求改期'),
  text('Problem found', '发现问题'),
  text('Report handed in', '提交报告'),
]
const GUARDS = [
  'job.attempts < 3',
  'job.priority == 1 && job.attempts > 1',
  'has(job.promisedAt) && job.promisedAt > now',
  'event.reason != ""',
  'job.inWarranty',
]
const EVENTS = 48

type Source = { path: string; phase: number; node: StateNode; events: Set<string>; delays: Set<string> }

/** @param phases of 25 states each */
export function largeProcess({ id = 'large', phases = 12, transitions = 600, seed = 1 } = {}): Definition {
  const next = random(seed)
  const below = (count: number): number => Math.floor(next() * count)
  const pick = <T>(list: readonly T[], fallback: T): T => list[below(list.length)] ?? fallback
  const sources: Source[] = []
  const targets: string[][] = []
  let count = 0
  let items = 0
  const numbered = (title: Text, number: number): Text =>
    text(`${title.en} ${number}`, `${title.zh}${number}`)
  const state = (path: string, phase: number, rest: Partial<StateNode> = {}): StateNode => {
    const title = numbered(pick(STEPS, text('Step', '步骤')), sources.length + 1)
    const checklist =
      next() < 0.2 ? [item(`item${items++}`, text('Identity shown', '已出示证件'), ['HV-12'])] : []
    const node: StateNode = {
      meta: { title, ...(next() < 0.3 ? { norms: ['HV-02'] } : {}), checklist },
      on: {},
      after: {},
      ...rest,
    }
    sources.push({ path, phase, node, events: new Set(), delays: new Set() })
    targets[phase]?.push(path)
    return node
  }
  const done = (title: Text): StateNode => ({ type: 'final', meta: { title } })
  const lead = (from: StateNode, event: string, transition: Transition): void => {
    from.on = { ...from.on, [event]: transition }
    count += 1
  }
  const along = (source: Source, transition: Transition): void => {
    const event = `e${below(EVENTS)}`
    source.events.add(event)
    lead(source.node, event, transition)
  }
  const states: Record<string, StateNode> = {}
  for (let phase = 0; phase < phases; phase += 1) {
    targets[phase] = []
    const name = `p${phase}`
    const last = phase === phases - 1
    const inner: Record<string, StateNode> = {}
    // The end of the process takes the place of the last step.
    for (let step = 0; step < (last ? 11 : 12); step += 1)
      inner[`s${step}`] = state(`${name}.s${step}`, phase)
    const nested = ['a', 'b', 'c'].map((key) => [key, state(`${name}.c.${key}`, phase)] as const)
    inner.c = {
      initial: 'a',
      states: { ...Object.fromEntries(nested), d: done(text('Settled', '已处理')) },
      meta: { title: numbered(text('Clarification', '问题澄清'), phase + 1) },
      onDone: { target: 's6' },
    }
    const region = (key: string): StateNode => ({
      initial: 'a',
      states: { a: state(`${name}.w.${key}.a`, phase), b: done(text('Ready', '就绪')) },
      meta: { title: numbered(text('Line of work', '并行工作'), key === 'l' ? 1 : 2) },
    })
    inner.w = {
      type: 'parallel',
      states: { l: region('l'), r: region('r') },
      meta: { title: numbered(text('At the same time', '同时进行'), phase + 1) },
      onDone: { target: 's10' },
    }
    count += 2
    for (const source of sources.filter((each) => each.phase === phase)) {
      const key = source.path.slice(name.length + 1)
      const way = /^s(\d+)$/.exec(key)
      const step = Number(way?.[1] ?? 0)
      if (way === null) along(source, { target: { 'c.a': 'b', 'c.b': 'c', 'c.c': 'd' }[key] ?? 'b' })
      else if (step === 5) along(source, { target: 'c' })
      else if (step === 9) along(source, { target: 'w' })
      else if (step === 10 && last) along(source, { target: `#${id}.end` })
      else if (step === 11) along(source, { target: `#${id}.p${phase + 1}` })
      else along(source, { target: `s${step + 1}` })
    }
    const title = numbered(PHASES[phase % PHASES.length] ?? text('Phase', '阶段'), phase + 1)
    states[name] = { initial: 's0', states: inner, meta: { title } }
  }
  states.end = done(text('Closed', '已结束'))
  while (count < transitions) {
    const source = sources[below(sources.length)]
    if (source === undefined) break
    const phase = next() < 0.85 ? source.phase : below(phases)
    const target = pick(targets[phase] ?? [], source.path)
    // A region is left by its completion: what leads out of it would end the one beside it.
    const stays = source.path.includes('.w.') || next() < 0.08
    const guard = next() < 0.4 ? { guard: cel(pick(GUARDS.slice(0, 3), 'true')) } : {}
    const way: Transition = {
      ...(stays ? {} : { target: `#${id}.${target}` }),
      ...guard,
      ...(stays || next() < 0.3 ? { actions: [breach('HV-02')] } : {}),
      ...(next() < 0.3 ? { meta: { norms: ['HV-02'] } } : {}),
    }
    if (next() < 0.2) {
      const delay = `d${below(10)}`
      if (source.delays.has(delay)) continue
      source.delays.add(delay)
      source.node.after = { ...source.node.after, [delay]: way }
      count += 1
    } else {
      const event = `e${below(EVENTS)}`
      if (source.events.has(event)) continue
      source.events.add(event)
      lead(source.node, event, {
        ...way,
        ...(next() < 0.1
          ? { actions: [notify([toRole('dispatcher')], text('Please look at it.', '请处理。'))] }
          : {}),
        ...(next() < 0.2 ? { guard: cel(pick(GUARDS, 'true')) } : {}),
      })
    }
  }
  return {
    id,
    initial: 'p0',
    states,
    meta: { title: text('A large process', '大型流程') },
    delays: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`d${index}`, delay(index)])),
    schemas: {
      context: {
        properties: {
          attempts: { type: 'integer', default: 0, meta: { title: text('Attempts', '联系次数') } },
          priority: { type: 'integer', default: 2, meta: { title: text('Priority', '优先级') } },
          promisedAt: { type: 'string', format: 'date-time', meta: { title: text('Promised', '承诺时间') } },
          inWarranty: { type: 'boolean', default: false, meta: { title: text('In warranty', '保修期内') } },
        },
      },
      events: Object.fromEntries(Array.from({ length: EVENTS }, (_, index) => [`e${index}`, event(index)])),
    },
  }
}

const event = (index: number): EventSchema => ({
  properties: { reason: { type: 'string', default: '', meta: { title: text('Reason', '原因') } } },
  meta: {
    title: text(
      `${ways[index % ways.length]?.en ?? 'Done'} ${index}`,
      `${ways[index % ways.length]?.zh ?? '完成'}${index}`,
    ),
    roles: ['engineer'],
  },
})
const delay = (index: number): Delay => ({
  duration: `PT${10 * (index + 1)}M`,
  ...(index % 3 === 0 ? { calendar: 'working' } : {}),
  meta: { title: text(`Deadline ${index + 1}`, `时限${index + 1}`), kind: 'deadline', norms: ['HV-02'] },
})
