/** What a problem offers: every offer, applied, takes its problem away. */
import { describe, expect, it } from 'vitest'
import { type Mending, mendingsOf } from '../../../designer/design/mendings.ts'
import { CommandStack } from '../../../designer/document/command-stack.ts'
import { openDocument } from '../../../designer/document/document.ts'
import type { Problem } from '../../../machines/definition/problem.ts'
import { defaultContext, validate } from '../../../machines/validate/validate.ts'

const text = (en: string, zh: string) => ({ meta: { title: { en, zh } } })
const sound = {
  id: 'visit',
  initial: 'called',
  schemas: {
    context: { properties: {} },
    events: {
      go: { properties: {}, required: [], meta: { title: { en: 'Go', zh: '继续' }, roles: ['engineer'] } },
    },
  },
  delays: { contact: { duration: 'PT30M', ...text('Contact', '联系') } },
  meta: { title: { en: 'Visit', zh: '上门' } },
  states: {
    called: {
      ...text('Called', '已派单'),
      on: { go: { target: 'there' } },
      after: { contact: { target: 'there' } },
    },
    there: { ...text('There', '已到达'), on: { go: { target: 'done' } } },
    done: { type: 'final', ...text('Done', '完成') },
  },
}
const check = (definition: unknown): Problem[] => validate(definition, defaultContext([]))

/** The offers for the one problem of a code, in the definition with a text replaced. */
function offers(code: string, ...[from, to]: [string, string]) {
  const written = JSON.stringify(sound).replace(from, to)
  expect(written).not.toBe(JSON.stringify(sound))
  const document = openDocument(JSON.parse(written))
  const problem = check(document.definition).find((one) => one.code === code)
  if (problem === undefined) throw new Error(`no ${code}`)
  const stack = new CommandStack(document)
  return {
    mendings: mendingsOf(document.definition, problem),
    /** The codes left after the offer was taken. */
    taken(mending: Mending | undefined, ...chosen: string[]): string[] {
      if (mending === undefined) throw new Error('no offer')
      const command =
        mending.kind === 'do'
          ? mending.command
          : mending.kind === 'choose'
            ? mending.make(chosen)
            : mending.make(
                Object.fromEntries(mending.missing.map((tongue, at) => [tongue, chosen[at] ?? ''])),
              )
      stack.execute(command)
      return check(stack.document.definition).map((one) => one.code)
    },
  }
}

describe('what a problem offers', () => {
  it('is nothing where nothing is wrong', () => {
    expect(check(sound)).toEqual([])
  })

  it('another target, of all states', () => {
    const { mendings, taken } = offers('unknown-target', '"target":"done"', '"target":"elsewhere"')
    const [choice] = mendings
    if (choice?.kind !== 'choose') throw new Error('no choice')
    expect(choice.lists[0]?.choices.map(({ value }) => value)).toEqual(['called', 'there', 'done'])
    expect(taken(choice, 'done')).toEqual([])
  })

  it('the near name first, then a choice', () => {
    const { mendings, taken } = offers('unknown-target', '"target":"done"', '"target":"don"')
    expect(mendings.map(({ kind }) => kind)).toEqual(['do', 'choose'])
    expect(taken(mendings[0])).toEqual([])
  })

  it('a way to a state that none leads to: from a state, on an event', () => {
    const added =
      '"states":{"lost":{"meta":{"title":{"en":"Lost","zh":"失联"}},"on":{"go":{"target":"done"}}},'
    const { mendings, taken } = offers('unreachable-state', '"states":{', added)
    const [way] = mendings
    if (way?.kind !== 'choose') throw new Error('no choice')
    expect(way.lists.map(({ choices }) => choices.map(({ value }) => value))).toEqual([
      ['called', 'there'],
      ['go'],
    ])
    expect(taken(way, 'called', 'go')).not.toContain('unreachable-state')
  })

  it('the words that are missing, in the language that is missing', () => {
    const { mendings, taken } = offers('missing-language', '"zh":"已到达"', '"zh":""')
    const [write] = mendings
    expect(write).toMatchObject({ kind: 'write', missing: ['zh'], beside: 'There' })
    expect(taken(write, '已到达现场')).toEqual([])
  })

  it('a title for a state that has none', () => {
    const { mendings, taken } = offers(
      'untitled',
      '"there":{"meta":{"title":{"en":"There","zh":"已到达"}},',
      '"there":{',
    )
    expect(taken(mendings.at(-1), 'There', '已到达')).toEqual([])
  })

  it('another event or delay, of those that are declared', () => {
    const event = offers(
      'unknown-event',
      '"there":{"meta":{"title":{"en":"There","zh":"已到达"}},"on":{"go"',
      '"there":{"meta":{"title":{"en":"There","zh":"已到达"}},"on":{"finish"',
    )
    expect(event.taken(event.mendings.at(-1), 'go')).toEqual([])
    const delay = offers('unknown-delay', '"after":{"contact"', '"after":{"callBack"')
    expect(delay.taken(delay.mendings.at(-1), 'contact')).toEqual([])
  })

  it('to be rid of what is not used', () => {
    const delay = offers(
      'unused-delay',
      '"delays":{',
      '"delays":{"spare":{"duration":"PT1H","meta":{"title":{"en":"Spare","zh":"备用"}}},',
    )
    expect(delay.taken(delay.mendings[0])).toEqual([])
    const event = offers(
      'unused-event',
      '"events":{',
      '"events":{"wait":{"properties":{},"required":[],"meta":{"title":{"en":"Wait","zh":"等待"},"roles":["engineer"]}},',
    )
    expect(event.taken(event.mendings[0])).toEqual([])
  })

  it('who may send an event', () => {
    const { mendings, taken } = offers('no-roles', '"roles":["engineer"]', '"roles":[]')
    expect(taken(mendings[0], 'dispatcher')).toEqual([])
  })

  it('a first state', () => {
    const { mendings, taken } = offers('unknown-initial', '"initial":"called"', '"initial":"nowhere"')
    expect(taken(mendings.at(-1), 'called')).toEqual([])
  })
})
