/** The history of an edited scenario. */
import { describe, expect, it } from 'vitest'
import { begun, changed, redone, undone } from '../../../designer/training/desk/edit/history.ts'

describe('the history of an edit', () => {
  it('takes typing on in one place as one change, and another place as another', () => {
    let history = changed(begun('a'), 'ab', '/title', 1000)
    history = changed(history, 'abc', '/title', 1500)
    history = changed(history, 'abcd', '/briefing', 1600)
    expect(undone(history).present).toBe('abc')
    expect(undone(undone(history)).present).toBe('a')
    expect(undone(undone(undone(history))).present).toBe('a')
  })

  it('takes a rest as the end of a change', () => {
    const history = changed(changed(begun('a'), 'ab', '/title', 1000), 'abc', '/title', 9000)
    expect(undone(history).present).toBe('ab')
  })

  it('brings back what was undone, until something else is changed', () => {
    const history = undone(changed(begun('a'), 'b', undefined, 0))
    expect(redone(history).present).toBe('b')
    expect(redone(changed(history, 'c', undefined, 0)).present).toBe('c')
  })

  it('does not go on typing into what was there before an undo', () => {
    const back = undone(changed(changed(begun('a'), 'ab', '/t', 0), 'abc', '/u', 10))
    expect(undone(changed(back, 'abd', '/t', 20)).present).toBe('ab')
  })
})
