/** What the editor offers while the process is written as text. `|` is where the cursor stands. */
import { describe, expect, it } from 'vitest'
import { tellOf } from '../../../designer/code/hover.ts'
import { readJson } from '../../../designer/code/json-read.ts'
import { writeJson } from '../../../designer/code/json-write.ts'
import { type Suggestion, suggest } from '../../../designer/code/suggest.ts'
import { suggestInExpression } from '../../../designer/code/suggest-expression.ts'
import { type Json, toJson } from '../../../designer/document/json.ts'
import { NORMS } from '../../../machines/norms.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'

const outside = {
  calendars: [{ name: 'working-hours', title: { en: 'Working hours' } }],
  processes: [{ name: 'depot-repair', title: { en: 'Depot repair' } }],
}
const SMALL = toJson({
  id: 'small',
  initial: 'open',
  states: {
    open: {
      meta: { title: { en: 'Open', zh: '打开' } },
      on: { go: { target: 'work' } },
      after: { late: { actions: [] } },
    },
    work: {
      meta: { title: { en: 'Working', zh: '处理中' } },
      initial: 'first',
      states: {
        first: { meta: { title: { en: 'First' }, checklist: [{ id: 'photo', title: { en: 'Photo' } }] } },
      },
    },
  },
  schemas: {
    context: {
      properties: { warranty: { type: 'string', enum: ['in', 'out'], meta: { title: { en: 'Warranty' } } } },
    },
    events: { go: { meta: { title: { en: 'Go', zh: '开始' }, roles: ['engineer'] } } },
  },
  delays: { late: { duration: 'PT30M', meta: { title: { en: 'Too late' } } } },
  meta: { title: { en: 'Small' }, certificates: { electrical: { en: 'Electrical work' } } },
})

function offered(marked: string, definition: Json = SMALL) {
  const offset = marked.indexOf('|')
  const text = marked.replace('|', '')
  const { root } = readJson(text)
  if (root === undefined) throw new Error('nothing to read')
  const found = suggest(text, root, offset, definition, outside)
  const take = (label: string): string => {
    const option = found?.options.find((one) => one.label === label)
    if (found === undefined || option === undefined) throw new Error(`${label} is not offered`)
    const { from, to, comma } = found
    const made =
      text.slice(0, from) +
      option.insert.slice(0, option.cursor) +
      '|' +
      option.insert.slice(option.cursor) +
      text.slice(to)
    return comma === undefined ? made : `${made.slice(0, comma)},${made.slice(comma)}`
  }
  return { labels: found?.options.map(({ label }) => label) ?? [], options: found?.options ?? [], take }
}
/** The small process with something else in place of a part of its text. */
function inSmall(part: string, by: string): string {
  const text = writeJson(SMALL)
  if (!text.includes(part)) throw new Error(`no ${part}`)
  return text.replace(part, by)
}
const titles = (options: readonly Suggestion[]): (string | undefined)[] =>
  options.map(({ title }) => title?.en)

describe('keys', () => {
  it('are those of the schema that are not there yet, the required first', () => {
    const { labels } = offered('{ "id": "x", | }')
    expect(labels.slice(0, 3).toSorted()).toEqual(['meta', 'schemas', 'states'])
    expect(labels).toContain('delays')
    expect(labels).not.toContain('id')
  })
  it('put in their colon, an empty value, and the commas around', () => {
    expect(offered('{ "id": "x" | }').take('states')).toBe('{ "id": "x", "states": {|} }')
    expect(offered('{ "ini|" "id": "x" }').take('initial')).toBe('{ "initial": "|", "id": "x" }')
    expect(offered('{ "ini|": "x" }').take('initial')).toBe('{ "initial"|: "x" }')
    expect(offered('{\n  "ini|\n}').take('initial')).toBe('{\n  "initial": "|"\n}')
  })
  it('leave alone what stands behind a name that is not closed', () => {
    expect(offered('{ "id": "x", "ini| }').take('initial')).toBe('{ "id": "x", "initial": "|" }')
    expect(offered('{ "states": { "a": { "type": "par| } } }').take('parallel')).toBe(
      '{ "states": { "a": { "type": "parallel"| } } }',
    )
  })
  it('follow the kind of action and guard that is written', () => {
    const actions = (text: string): string => `{ "states": { "a": { "entry": [${text}] } } }`
    expect(offered(actions('{ "type": "breach", "params": { | } }')).labels).toEqual([
      'norm',
      'severity',
      'note',
    ])
    expect(offered(actions('{ "type": "startJob", "params": { | } }')).labels).toContain('process')
    expect(offered(actions('{ "type": "@xstate.assign", | }')).labels).toEqual(['context'])
    const guard = (text: string): string => `{ "states": { "a": { "on": { "go": { "guard": ${text} } } } } }`
    expect(
      offered(guard('{ "type": "not", "params": { "guard": { "type": "stateIn", "params": { | } } } }'))
        .labels,
    ).toEqual(['state'])
    expect(offered(guard('{ "@expr": "true", | }')).labels).toEqual(['@lang'])
  })
  it('are names of events and delays where these are the keys', () => {
    const { labels, options } = offered(inSmall('"go": { "target": "work" }', '|'))
    expect([labels, titles(options)]).toEqual([['go'], ['Go']])
    expect(offered(inSmall('{ "target": "work" }', '{ "target": "work" }, |')).labels).toEqual([])
    expect(offered(inSmall('"late": { "actions": [] }', '"l|"')).labels).toEqual(['late'])
  })
})

describe('values', () => {
  it('are the words of the schema', () => {
    expect(offered('{ "states": { "a": { "type": | } } }').labels).toContain('parallel')
    expect(offered('{ "states": { "a": { "type": "p|" } } }').take('parallel')).toBe(
      '{ "states": { "a": { "type": "parallel"| } } }',
    )
    expect(offered('{ "schemas": { "events": { "go": { "meta": { "roles": [|] } } } } }').labels).toContain(
      'engineer',
    )
    expect(offered('{ "states": { "a": { "entry": [{ "type": "|" }] } } }').labels).toEqual(
      expect.arrayContaining(['breach', 'notify', '@xstate.assign']),
    )
    expect(offered('{ "states": { "a": { "on": { "go": { "reenter": | } } } } }').labels).toEqual([
      'true',
      'false',
    ])
  })
  it('are the states that a transition can lead to, as it would name them', () => {
    const { labels, options } = offered(inSmall('"target": "work"', '"target": "|"'))
    expect(labels.slice(0, 3)).toEqual(['open', 'work', 'work.first'])
    expect(titles(options)[1]).toBe('Working')
    expect(offered(inSmall('"initial": "first"', '"initial": |')).labels).toEqual(['first'])
  })
  it('are norms with their rule, times in words, and what else has a name', () => {
    const norms = offered('{ "meta": { "norms": ["HV-|"] } }')
    expect(norms.labels).toHaveLength(NORMS.length)
    expect(titles(norms.options)[0]).toBe(NORMS[0]?.en)
    const times = offered(inSmall('"PT30M"', '"PT|"'))
    expect(times.options.find(({ label }) => label === 'PT20M')?.title).toMatchObject({ en: '20 minutes' })
    expect(offered(inSmall('"duration": "PT30M"', '"duration": "PT30M", "calendar": "|"')).labels).toEqual([
      'working-hours',
    ])
    const qualified = '"go": { "guard": { "type": "qualified", "params": { "certificate": "|" } } }'
    expect(offered(inSmall('"go": { "target": "work" }', qualified)).labels).toEqual(['electrical'])
    expect(offered('{ "meta": { "summary": ["|"] } }').labels).toEqual(['warranty'])
    const start = '{ "states": { "a": { "entry": [{ "type": "startJob", "params": { "process": "|" } }] } } }'
    expect(offered(start).labels).toEqual(['depot-repair'])
  })
  it('offer nothing where nothing is known, and never throw on what is broken', () => {
    expect(offered('{ "id": "|" }').labels).toEqual([])
    const text = writeJson(toJson(homeVisit)).slice(0, 6000)
    for (let offset = 0; offset < 3000; offset += 7) {
      const cut = text.slice(0, offset)
      const { root } = readJson(cut)
      if (root !== undefined) suggest(cut, root, offset, toJson(3), outside)
    }
  })
})

describe('expressions', () => {
  const at = (marked: string) => {
    const text = marked.replace('|', '')
    const { root } = readJson(text)
    return root === undefined ? undefined : suggestInExpression(text, root, marked.indexOf('|'), SMALL)
  }
  it('are completed as in the guard editor', () => {
    const found = at('{ "guard": { "@expr": "job.war|", "@lang": "cel" } }')
    expect(found?.options.map(({ label }) => label)).toEqual(['warranty'])
    expect(found?.from).toBe('{ "guard": { "@expr": "job.'.length)
  })
  it('take texts in quotation marks as they must stand here', () => {
    const marked = '{ "@expr": "job.warranty == \\"in\\" && job.wa|" }'
    const found = at(marked)
    expect(found?.options.map(({ insert }) => insert)).toEqual(['warranty'])
    expect(found?.from).toBe(marked.indexOf('wa|'))
  })
  it('are not looked for elsewhere', () => {
    expect(at('{ "description": "job.war|" }')).toBeUndefined()
  })
})

describe('help', () => {
  const told = (marked: string) => {
    const text = marked.replace('|', '')
    const { root } = readJson(text)
    return root === undefined ? undefined : tellOf(root, marked.indexOf('|'), SMALL, outside)?.texts
  }
  it('says what a name stands for', () => {
    expect(told('{ "meta": { "norms": ["HV-|01"] } }')?.[0]?.en).toBe(
      NORMS.find(({ id }) => id === 'HV-01')?.en,
    )
    expect(told(inSmall('"target": "work"', '"target": "wo|rk"'))).toEqual([{ en: 'Working', zh: '处理中' }])
    expect(told(inSmall('"PT30M"', '"PT3|0M"'))?.[0]?.en).toBe('30 minutes')
    expect(told(inSmall('"go": { "target"', '"g|o": { "target"'))).toEqual([{ en: 'Go', zh: '开始' }])
    expect(told(inSmall('"work": {', '"wo|rk": {'))?.[0]?.en).toBe('Working')
  })
  it('says what the schema says', () => {
    expect(told('{ "meta": { "ti|tle": {} } }')?.[0]?.en).toMatch(/Text for people/)
    expect(told('{ "i|d": "x" }')).toBeUndefined()
  })
})
