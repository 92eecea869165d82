/**
 * Files of other tools: what is carried, what is listed, and that nothing opens a way or goes missing in silence.
 */
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { advance, start } from '../../../machines/advance/advance.ts'
import { SYSTEM } from '../../../machines/advance/job.ts'
import { compile } from '../../../machines/compile/compile.ts'
import { Definition } from '../../../machines/definition/schema.ts'
import type { Imported } from '../../../machines/exchange/note.ts'
import { fromScxml } from '../../../machines/exchange/scxml-in.ts'
import { fromXState } from '../../../machines/exchange/xstate-in.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { defaultContext, validate } from '../../../machines/validate/validate.ts'

const shape = Compile(Definition)
const codes = ({ notes }: Imported): string[] => notes.map(({ code }) => code)
const errors = ({ definition }: Imported): string[] =>
  validate(definition, defaultContext([]))
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code)

/** Where the job stands after each event, with everyone allowed to send what the file waits for. */
function walk(imported: Imported, events: string[]): unknown[] {
  const { definition } = imported
  if (!shape.Check(definition)) throw new Error(JSON.stringify(imported.notes))
  const open = {
    ...definition,
    schemas: {
      ...definition.schemas,
      events: Object.fromEntries(
        Object.entries(definition.schemas.events).map(([type, event]) => [
          type,
          { ...event, meta: { ...event.meta, roles: ['system' as const] } },
        ]),
      ),
    },
  }
  const compiled = compile(open)
  let now = Date.UTC(2026, 2, 2)
  const at = () => ({ now, actor: SYSTEM, calendars: DEFAULT_CALENDARS })
  const begun = start(compiled, { id: 'j', version: 1, fields: {} }, at())
  if (!begun.ok) throw new Error(begun.refusal.code)
  let { job } = begun
  const seen: unknown[] = [job.snapshot.value]
  for (const type of events) {
    now += 1000
    const timer = job.timers.find((each) => !each.fired)
    const command =
      type === '~' ? { kind: 'timer' as const, token: timer?.token ?? '' } : { kind: 'event' as const, type }
    const result = advance(compiled, job, command, at())
    if (result.ok) job = result.job
    seen.push(job.snapshot.value)
  }
  return seen
}

const scxml = (inner: string, attributes = 'initial="a"'): Imported =>
  fromScxml(
    `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" name="door" ${attributes}>${inner}</scxml>`,
  )

describe('SCXML', () => {
  it('takes states, parallel regions, history and targets in several regions', () => {
    const read = scxml(`
      <parallel id="both">
        <state id="one" initial="o1"><state id="o1"/><state id="o2"/></state>
        <state id="two" initial="t1"><state id="t1"/><state id="t2"/></state>
        <history id="past" type="deep"><transition target="one two"/></history>
        <transition event="leave" target="a"/>
      </parallel>
      <state id="a">
        <transition event="begin" target="both"/>
        <transition event="jump" target="o2 t2"/>
        <transition event="back" target="past"/>
      </state>`)
    expect(codes(read).filter((code) => code !== 'roles-needed')).toEqual([])
    expect(walk(read, ['begin', 'leave', 'jump', 'leave', 'back'])).toEqual([
      'a',
      { both: { one: 'o1', two: 't1' } },
      'a',
      { both: { one: 'o2', two: 't2' } },
      'a',
      { both: { one: 'o2', two: 't2' } },
    ])
  })
  it('takes the first in document order, by whole words of the event, as SCXML does', () => {
    const read = scxml(`
      <state id="a">
        <transition event="error" target="first"/>
        <transition event="error.timeout" target="second"/>
        <transition event="*" target="third"/>
      </state>
      <state id="first"/><state id="second"/><state id="third"/>
      <state id="b"><transition event="visit.booked" target="a"/><transition event="visit" target="first"/></state>`)
    // Events of the platform cannot come; those of one's own with the same beginning can.
    expect(codes(read)).toContain('event-not-carried')
    const own = scxml(`
      <state id="a">
        <transition event="visit" cond="In('b')" target="third"/>
        <transition event="visit" target="first"/>
        <transition event="visit.booked" target="second"/>
      </state>
      <state id="b"/><state id="first"/><state id="second"/><state id="third"/>`)
    expect(walk(own, ['visit.booked'])).toEqual(['a', 'first'])
  })
  it('keeps conditions that mean the same, with fields for data and payload', () => {
    const read = scxml(
      `<datamodel><data id="count" expr="0"/><data id="who" expr="'Ann'"/></datamodel>
      <state id="a">
        <transition event="add" cond="count === 0 &amp;&amp; !In('b')" target="a"><assign location="count" expr="count + 1"/></transition>
        <transition event="name" cond="_event.data.who == who" target="b"/>
        <transition event="next" cond="count &gt; 0" target="b"/>
      </state><state id="b"/>`,
    )
    const on = JSON.stringify(read.definition?.states)
    expect(on).toContain('"@expr":"job.count == 0"')
    expect(on).toContain('{"type":"not","params":{"guard":{"type":"stateIn","params":{"state":"b"}}}}')
    expect(on).toContain('"@expr":"event.who == job.who"')
    expect(on).toContain('"count":{"@expr":"job.count + 1"')
    expect(walk(read, ['next', 'add', 'next'])).toEqual(['a', 'a', 'a', 'b'])
  })
  it('leaves no way open whose condition it cannot read', () => {
    const read = scxml(
      `<state id="a"><transition event="go" cond="check(x)" target="b"/></state><state id="b"/>`,
    )
    expect(codes(read)).toContain('expression-kept')
    expect(errors(read).filter((code) => code.startsWith('expression'))).not.toEqual([])
  })
  it('takes raised and delayed events, and the end of a part', () => {
    const read = scxml(`
      <state id="a" initial="a1">
        <onentry><send event="late" delay="5s" id="t"/></onentry>
        <onexit><cancel sendid="t"/></onexit>
        <transition event="late" target="b"/>
        <transition event="done.state.a" target="c"/>
        <state id="a1"><transition event="go" target="a2"><raise event="inner"/></transition></state>
        <state id="a2"><transition event="inner" target="end"/></state>
        <final id="end"/>
      </state>
      <state id="b"/><state id="c"/>`)
    expect(walk(read, ['~'])).toEqual([{ a: 'a1' }, 'b'])
    expect(walk(read, ['go'])).toEqual([{ a: 'a1' }, 'c'])
  })
  it('leads to a start that lies deeper by a first step', () => {
    const read = scxml(
      `<state id="s"><state id="x"/><state id="y"><state id="deep"/></state></state>`,
      'initial="deep"',
    )
    expect(codes(read)).toContain('started-by-step')
    expect(walk(read, [])).toEqual([{ s: { y: 'deep' } }])
  })
  it('lists what it leaves out, each with its place', () => {
    const read = scxml(`<state id="a">
<onentry><script>alert(1)</script><log expr="1"/></onentry>
<invoke src="http://example.org"/>
<transition event="Go Now" target="nowhere"/></state>`)
    expect(read.notes.map(({ code, place }) => `${place} ${code}`)).toEqual(
      expect.arrayContaining([
        '2:10 work-not-carried',
        '2:35 not-carried',
        '3:1 work-not-carried',
        '4:1 unknown-target',
        '4:1 renamed',
      ]),
    )
    for (const { message } of read.notes) expect(message.en !== '' && message.zh !== '').toBe(true)
  })
})

describe('XState', () => {
  const xstate = (config: unknown): Imported => fromXState(JSON.stringify(config))
  it('takes what people write by hand', () => {
    const read = xstate({
      id: 'toggleMachine',
      initial: 'inactive',
      context: { count: 0, user: null },
      states: {
        inactive: { on: { TOGGLE: 'active', 'Re Set': { target: 'inactive', reenter: true } } },
        active: {
          after: { 1000: 'inactive', 2500: [{ target: 'gone' }] },
          entry: { type: 'xstate.raise', params: { event: { type: 'PING' } } },
          on: { TOGGLE: { target: '#toggleMachine.inactive' }, PING: {} },
        },
        gone: { type: 'final' },
      },
    })
    expect(read.definition).toMatchObject({ id: 'toggle-machine', initial: 'inactive' })
    expect(codes(read)).toEqual(expect.arrayContaining(['renamed', 'type-guessed', 'roles-needed']))
    expect(walk(read, ['toggle', '~'])).toEqual(['inactive', 'active', 'inactive'])
    expect(read.definition).toMatchObject({
      delays: { after1000ms: { duration: 'PT1S' }, after2500ms: { duration: 'PT2.5S' } },
    })
  })
  it('keeps the names of guards, actions and delays whose code is elsewhere, so that it cannot be published', () => {
    const read = xstate({
      id: 'm',
      initial: 'a',
      states: {
        a: {
          entry: 'log',
          after: { SOON: 'b' },
          on: {
            go: { target: 'b', guard: { type: 'isValid', params: { min: 3 } } },
            x: { target: 'b', guard: 'plain' },
          },
        },
        b: { invoke: { src: 'fetch' }, type: 'final' },
      },
    })
    expect(read.definition).toMatchObject({
      states: {
        a: {
          on: { go: { guard: { type: 'isValid', params: { min: 3 } } }, x: { guard: { type: 'plain' } } },
        },
      },
    })
    expect(codes(read)).toEqual(
      expect.arrayContaining(['unknown-guard', 'unknown-action', 'unknown-delay', 'work-not-carried']),
    )
    expect(read.notes.find(({ code }) => code === 'unknown-guard')?.place).toBe('/states/a/on/go/guard')
    expect(errors(read)).toEqual(expect.arrayContaining(['unknown-guard', 'unknown-action', 'unknown-delay']))
  })
  it('takes guards of guards, states by id and starts with actions', () => {
    const read = xstate({
      id: 'm',
      initial: { target: 'a', actions: [{ type: '@xstate.assign', params: { context: { n: 1 } } }] },
      context: { n: 0 },
      states: {
        a: {
          on: {
            go: {
              target: 'b',
              guard: { type: 'and', guards: [{ type: 'xstate.stateIn', params: { stateValue: '#start' } }] },
            },
          },
          id: 'start',
        },
        b: {},
      },
    })
    expect(walk(read, ['go'])).toEqual(['a', 'b'])
    expect(JSON.stringify(read.definition)).toContain('"stateIn","params":{"state":"a"}')
  })
})
