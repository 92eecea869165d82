/** The keys of a call: learned once, and none without one. */
import { describe, expect, it } from 'vitest'
import { itemKey, stepKeys } from '../../../designer/call/keys.ts'
import { phoneCall } from '../../../machines/processes/phone-call/process.ts'

const TALK = ['customer.record', 'request.record', 'hold.start', 'caller.hungUp', 'agent.hungUp']
const OUTCOMES = Object.keys(phoneCall.schemas.events).filter((type) => type.startsWith('outcome.'))

describe('the keys of a call', () => {
  it('are the same for an event whatever else is possible', () => {
    const talking = stepKeys([...TALK, ...OUTCOMES])
    const wrapUp = stepKeys(['customer.record', 'request.record', ...OUTCOMES])
    for (const type of OUTCOMES) expect(wrapUp.get(type)).toBe(talking.get(type))
    expect(OUTCOMES.map((type) => talking.get(type))).toEqual(['4', '5', '6', '7', '8', '9'])
    for (const types of [TALK, ['answer', 'caller.hungUp'], ['hold.end', 'caller.hungUp']])
      expect(stepKeys(types).get('caller.hungUp')).toBe('0')
  })

  it('never stand for two things', () => {
    const keys = stepKeys([
      'greeting.done',
      'customer.record',
      ...OUTCOMES,
      'own.one',
      'own.two',
      'own.three',
    ])
    expect(keys.size).toBe(11)
    expect(new Set(keys.values()).size).toBe(11)
    // An item, a new call, the file and the search have their letters.
    for (const letter of ['A', 'S', 'D', 'F', 'G', 'N', 'C', '/'])
      expect([...keys.values()]).not.toContain(letter)
  })

  it('are given to what an organisation adds, and a name of the language is no key', () => {
    expect(stepKeys(['constructor', 'escalate'])).toEqual(
      new Map([
        ['constructor', '1'],
        ['escalate', '2'],
      ]),
    )
    expect([itemKey(0), itemKey(4), itemKey(5)]).toEqual(['A', 'G', undefined])
  })
})
