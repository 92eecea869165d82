import { expect, it } from 'vitest'
import { copyDefinition } from '../../../machines/definition/copy.ts'
import { hashOf } from '../../../machines/definition/hash.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { defaultContext, isPublishable, validate } from '../../../machines/validate/validate.ts'

const title = { en: 'A copy', zh: '副本' }

it.each(SHIPPED.map((definition) => [definition.id, definition] as const))(
  'a copy of %s is as valid as the original, which stays as it was',
  (_id, original) => {
    const before = hashOf(original)
    const copy = copyDefinition(original, 'our-own', title)
    expect([copy.id, copy.meta.title]).toEqual(['our-own', title])
    expect(JSON.stringify(copy)).not.toContain(`"#${original.id}`)
    expect(isPublishable(validate(copy, defaultContext(SHIPPED)))).toBe(true)
    expect(hashOf(original)).toBe(before)
    // Back under its own name it is the original.
    expect(hashOf(copyDefinition(copy, original.id, original.meta.title))).toBe(before)
  },
)
it('leaves alone an id that only begins like that of the process', () => {
  const [first] = SHIPPED
  if (first === undefined) throw new Error('nothing shipped')
  const states = {
    a: { on: { go: { target: `#${first.id}-x` } } },
    b: { id: `${first.id}-x`, on: { go: [{ target: [`#${first.id}.a`] }] } },
    h: { type: 'history' as const, target: `#${first.id}.a` },
  }
  const copy = copyDefinition({ ...first, initial: 'a', states }, 'new', title)
  expect(copy.states).toEqual({
    a: states.a,
    b: { ...states.b, on: { go: [{ target: ['#new.a'] }] } },
    h: { type: 'history', target: '#new.a' },
  })
})
