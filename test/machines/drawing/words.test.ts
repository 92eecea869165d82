/** Guards, delays and actions in a reader's words, in both languages. */
import { describe, expect, it } from 'vitest'
import {
  actionInWords,
  delayInWords,
  expressionInWords,
  guardInWords,
} from '../../../machines/drawing/words.ts'
import { cel } from '../../../machines/processes/author.ts'
import { process, wordsFor } from './charts.ts'

const definition = process(
  { a: { meta: { title: { en: 'Under repair', zh: '维修中' } } } },
  {
    schemas: {
      context: {
        properties: {
          engineer: { type: 'string', meta: { title: { en: 'Engineer', zh: '工程师' } } },
          appointment: { type: 'string', meta: { title: { en: 'Appointment', zh: '预约时间' } } },
        },
      },
      events: {
        go: { properties: { price: { type: 'number', meta: { title: { en: 'Price', zh: '价格' } } } } },
      },
    },
    meta: { settings: { grace: { value: 'PT1H30M', title: { en: 'Grace', zh: '宽限' } } } },
  },
)
const words = (language: 'en' | 'zh-CN') => wordsFor(definition, language)

describe('an expression', () => {
  it('names fields and connectives as people do', () => {
    const text = "has(job.engineer) && !(job.engineer == 'a && job.engineer') || event.price >= 3"
    expect(expressionInWords(text, words('en'))).toBe(
      "Engineer is set and not (Engineer = 'a && job.engineer') or Price ≥ 3",
    )
    expect(expressionInWords(text, words('zh-CN'))).toBe(
      "已填写工程师 且 非 (工程师 = 'a && job.engineer') 或 价格 ≥ 3",
    )
  })

  it('tells a setting by its value', () => {
    expect(expressionInWords('now > plus(job.appointment, settings.grace)', words('en'))).toBe(
      'now > plus(Appointment, 1 hour 30 minutes)',
    )
  })

  it('leaves what it does not know', () => {
    expect(expressionInWords('settings.nothing > job.gone', words('en'))).toBe('settings.nothing > gone')
  })
})

describe('a guard', () => {
  it('is told with its parts', () => {
    const guard = {
      type: 'and' as const,
      params: {
        guards: [
          { type: 'checklistDone' as const },
          { type: 'not' as const, params: { guard: { type: 'stateIn' as const, params: { state: 'a' } } } },
          { type: 'or' as const, params: { guards: [cel('job.engineer == "x"'), cel('true')] } },
        ],
      },
    }
    expect(guardInWords(guard, words('en'))).toBe(
      'checklist done and not in “Under repair” and (Engineer = "x" or true)',
    )
    expect(guardInWords(guard, words('zh-CN'))).toBe(
      '清单已完成 且 非（处于“维修中”） 且 (工程师 = "x" 或 true)',
    )
  })
})

describe('a delay', () => {
  it.each([
    [{ duration: 'PT30M' }, 'after 30 minutes', '30 分钟后'],
    [{ duration: '-PT4H', from: cel('job.appointment') }, '4 hours before Appointment', '预约时间前 4 小时'],
    [{ duration: 'PT0S', from: cel('job.appointment') }, 'at Appointment', '到预约时间时'],
    [{ duration: cel('settings.grace') }, 'after 1 hour 30 minutes', '1 小时 30 分钟后'],
    [{ duration: 'P1D', calendar: 'working' }, 'after 1 day · Working hours', '1 天后 · 工作时间'],
  ])('%j', (delay, english, chinese) => {
    expect(delayInWords(delay, 'x', words('en'))).toBe(english)
    expect(delayInWords(delay, 'x', words('zh-CN'))).toBe(chinese)
  })

  it('that is not declared is named', () => {
    expect(delayInWords(undefined, 'gone', words('en'))).toBe('after “gone”')
  })
})

describe('an action', () => {
  it('is told with whom it reaches', () => {
    const notify = {
      type: 'notify' as const,
      params: {
        to: [{ role: 'dispatcher' as const }, { field: 'engineer' }],
        message: { en: 'Late', zh: '迟到' },
      },
    }
    expect(actionInWords(notify, words('en'))).toBe('notify Dispatcher, Engineer: Late')
    expect(actionInWords(notify, words('zh-CN'))).toBe('通知调度员、工程师：迟到')
  })
})
