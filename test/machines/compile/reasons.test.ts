/** Why something is barred is told in words that people use: no names of the definition, no time of another zone. */
import { describe, expect, it } from 'vitest'
import { advance, start } from '../../../machines/advance/advance.ts'
import { allowed } from '../../../machines/advance/allowed.ts'
import { compile } from '../../../machines/compile/compile.ts'
import type { Guard } from '../../../machines/definition/schema.ts'
import { cel } from '../../../machines/processes/author.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { event, processOf } from '../advance/fixtures.ts'

/** Monday, half past six in the evening in Shanghai. */
const EVENING = Date.parse('2026-03-02T10:30:00Z')
const MORNING = Date.parse('2026-03-02T02:00:00Z')

/** What the dispatcher is told of an event with this guard. */
function told(guard: Guard, now: number, roles: Parameters<typeof event>[0] = ['dispatcher']): string[] {
  const process = compile(
    processOf(
      { a: { on: { go: { target: 'b', guard } } }, b: { type: 'final' } },
      {
        schemas: {
          context: {
            properties: {
              urgent: { type: 'boolean', default: true, meta: { title: { en: 'Urgent', zh: '紧急' } } },
            },
          },
          events: { go: event(roles) },
        },
      },
    ),
  )
  const surroundings = {
    now,
    actor: { id: 'a', name: 'a', roles: ['dispatcher' as const] },
    calendars: DEFAULT_CALENDARS,
  }
  const begun = start(process, { id: 'j', version: 1, fields: {} }, surroundings)
  if (!begun.ok) throw new Error('not started')
  return allowed(process, begun.job, surroundings).flatMap(({ reasons }) =>
    reasons.map(({ message }) => message.zh),
  )
}

describe('a reason', () => {
  it('calls an event, an item and the choices of a field by their titles, where somebody else was faster', () => {
    const title = { en: 'Knock', zh: '敲门' }
    const process = compile(
      processOf(
        { a: {}, b: { meta: { title, checklist: [{ id: 'knock', title }] } } },
        {
          schemas: {
            context: {
              properties: {
                how: {
                  type: 'string',
                  enum: ['soft', 'hard'],
                  meta: {
                    title,
                    options: { soft: { en: 'Softly', zh: '轻' }, hard: { en: 'Hard', zh: '重' } },
                  },
                },
              },
            },
            events: { go: { ...event(['engineer']), meta: { title, roles: ['engineer'] } } },
          },
        },
      ),
    )
    const surroundings = {
      now: MORNING,
      actor: { id: 'a', name: 'a', roles: ['engineer' as const, 'administrator' as const] },
      calendars: DEFAULT_CALENDARS,
    }
    const begun = start(process, { id: 'j', version: 1, fields: {} }, surroundings)
    if (!begun.ok) throw new Error('not started')
    const why = (command: Parameters<typeof advance>[2]) => {
      const done = advance(process, begun.job, command, surroundings)
      return done.ok ? [] : done.refusal.reasons.map(({ message }) => message.zh)
    }
    expect(why({ kind: 'event', type: 'go', payload: {} })).toEqual(['当前状态不接受“敲门”'])
    expect(why({ kind: 'tick', item: 'knock' })).toEqual(['“敲门”目前不可勾选'])
    expect(why({ kind: 'correct', fields: { how: 'loud' }, reason: 'x' })).toEqual([
      '敲门：须为以下之一：轻、重',
    ])
  })

  it('calls roles by their titles, and says that one of them will do', () => {
    expect(told(cel('true'), MORNING, ['hotline-agent', 'engineer'])).toEqual([
      '需要角色：热线坐席',
      '或角色：工程师',
    ])
  })

  it('tells a time by the clock of the organisation', () => {
    const [why] = told({ type: 'within', params: { calendar: 'working' } }, EVENING)
    expect(why).toMatch(/^2026年3月2日（周一）18:30不在“.+”范围内$/)
  })

  it('calls a calendar and a field by their titles where they must not hold', () => {
    const inner: Guard = { type: 'within', params: { calendar: 'working' } }
    const [when] = told({ type: 'not', params: { guard: inner } }, MORNING)
    expect(when).toBe(`此时段内不可行（${DEFAULT_CALENDARS.calendars.working?.title.zh}）`)
    const [what] = told({ type: 'not', params: { guard: cel('job.urgent') } }, MORNING)
    expect(what).toBe('不得满足：“紧急”')
  })

  it('says in words how a job that is over ended', () => {
    const process = compile(processOf({ a: { type: 'final' } }))
    const surroundings = {
      now: MORNING,
      actor: { id: 'a', name: 'a', roles: ['engineer' as const] },
      calendars: DEFAULT_CALENDARS,
    }
    const begun = start(process, { id: 'j', version: 1, fields: {} }, surroundings)
    if (!begun.ok) throw new Error('not started')
    const refused = advance(process, begun.job, { kind: 'event', type: 'go', payload: {} }, surroundings)
    expect(refused.ok ? [] : refused.refusal.reasons.map(({ message }) => message.zh)).toEqual([
      '工单已结束（已完成）',
    ])
  })
})
