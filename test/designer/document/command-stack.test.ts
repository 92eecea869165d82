/**
 * The stack's contract, each promise and each prohibition.
 */
import { describe, expect, it, vi } from 'vitest'
import { type Change, type Command, CommandStack } from '../../../designer/document/command-stack.ts'
import { definitionCommand } from '../../../designer/document/commands/command.ts'
import { openDocument } from '../../../designer/document/document.ts'
import { edit, type Json } from '../../../designer/document/json.ts'

const title = { en: 'Change', zh: '修改' }
const put = (key: string, value: Json, merge?: string): Command =>
  definitionCommand('put', 'Put', '写入', (definition) => edit(definition, [key], () => value), merge)
const fails: Command = {
  name: 'fails',
  title,
  do: () => {
    throw new Error('no')
  },
}
const fresh = (): CommandStack => new CommandStack(openDocument({ id: 'x', states: {} }))
const seen = (stack: CommandStack) => JSON.stringify([stack.document, stack.history, stack.isSaved])

describe('the command stack', () => {
  it('leaves document, stack and listeners as they were when a command throws', () => {
    const stack = fresh()
    stack.execute(put('a', 1))
    stack.execute(put('b', 1))
    stack.undo()
    const listener = vi.fn()
    stack.subscribe(listener)
    const before = seen(stack)
    const { document } = stack
    expect(() => stack.execute(fails)).toThrow('no')
    expect(seen(stack)).toBe(before)
    expect(stack.document).toBe(document)
    expect(stack.canRedo).toBe(true)
    expect(listener).not.toHaveBeenCalled()
    stack.execute(put('c', 1))
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('makes a group one step, and takes all of it back when one in it throws', () => {
    const stack = fresh()
    const listener = vi.fn<(change: Change) => void>()
    stack.subscribe(listener)
    const result = stack.group(title, () => {
      stack.execute(put('a', 1))
      stack.group(title, () => stack.execute(put('b', 2)))
      return 'done'
    })
    expect(result).toBe('done')
    expect(stack.history).toEqual({ titles: [title], done: 1 })
    expect(listener).toHaveBeenCalledTimes(1)
    expect(listener.mock.calls[0]?.[0].places).toEqual(['/definition/a', '/definition/b'])
    const before = seen(stack)
    expect(() =>
      stack.group(title, () => {
        stack.execute(put('c', 3))
        stack.execute(fails)
      }),
    ).toThrow('no')
    expect(seen(stack)).toBe(before)
    stack.undo()
    expect(stack.document.definition).toEqual({ id: 'x', states: {} })
  })

  it('keeps what came before a failed inner group that the outer one survives', () => {
    const stack = fresh()
    stack.group(title, () => {
      stack.execute(put('a', 1))
      expect(() =>
        stack.group(title, () => {
          stack.execute(put('b', 2))
          throw new Error('inner')
        }),
      ).toThrow('inner')
    })
    expect(stack.document.definition).toEqual({ id: 'x', states: {}, a: 1 })
  })

  it('joins letters typed into one field, until something comes between', () => {
    const stack = fresh()
    const type = (text: string) => stack.execute(put('name', text, 'name'))
    for (const text of ['a', 'ab', 'abc']) type(text)
    expect(stack.history.done).toBe(1)
    stack.seal()
    type('abcd')
    stack.execute(put('name', 'z', 'another field'))
    type('zz')
    expect(stack.history.done).toBe(4)
    stack.undo()
    type('q')
    expect(stack.history.done).toBe(4)
    while (stack.undo());
    expect(stack.document.definition).toEqual({ id: 'x', states: {} })
    while (stack.redo());
    expect(stack.document.definition).toEqual({ id: 'x', states: {}, name: 'q' })
  })

  it('has nothing to undo when what was typed was taken back letter by letter', () => {
    const stack = fresh()
    stack.execute(put('id', 'xy', 'id'))
    stack.execute(put('id', 'x', 'id'))
    expect(stack.canUndo).toBe(false)
    expect(stack.isSaved).toBe(true)
  })

  it('makes no step of a command that changes nothing, and keeps what could be redone', () => {
    const stack = fresh()
    stack.execute(put('a', 1))
    stack.undo()
    stack.execute(put('id', 'x'))
    expect(stack.canRedo).toBe(true)
    expect(stack.canUndo).toBe(false)
  })

  it('knows what is saved by marks, also when a save arrives late', () => {
    const stack = fresh()
    expect(stack.isSaved).toBe(true)
    stack.execute(put('a', 1, 'a'))
    const sent = stack.mark()
    stack.execute(put('a', 2, 'a'))
    stack.saved(sent)
    expect(stack.isSaved).toBe(false)
    stack.undo()
    expect(stack.isSaved).toBe(true)
    stack.undo()
    expect(stack.isSaved).toBe(false)
    stack.execute(put('b', 1))
    expect(stack.isSaved).toBe(false)
    stack.saved()
    expect(stack.isSaved).toBe(true)
  })

  it('forbids commands within commands, and moving within a group', () => {
    const stack = fresh()
    const nested: Command = {
      name: 'nested',
      title,
      do: (document) => {
        stack.execute(put('a', 1))
        return document
      },
    }
    expect(() => stack.execute(nested)).toThrow(/may not/)
    expect(() => stack.group(title, () => stack.undo())).toThrow(/group/)
    expect(stack.canUndo).toBe(false)
    stack.execute(put('a', 1))
    expect(stack.canUndo).toBe(true)
  })

  it('tells the other listeners when one throws, and reports that apart', async () => {
    const stack = fresh()
    const reported: unknown[] = []
    const others = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    const note = (error: unknown) => reported.push(error)
    process.on('uncaughtException', note)
    const other = vi.fn()
    const stopThrowing = stack.subscribe(() => {
      throw new Error('listener')
    })
    const stop = stack.subscribe(other)
    stack.execute(put('a', 1))
    await new Promise((resolve) => setTimeout(resolve, 5))
    process.off('uncaughtException', note)
    for (const each of others) process.on('uncaughtException', each)
    expect(other).toHaveBeenCalledTimes(1)
    expect(reported).toEqual([new Error('listener')])
    expect(stack.document.definition).toMatchObject({ a: 1 })
    stopThrowing()
    stop()
    expect(stack.undo()).toBe(true)
    expect(other).toHaveBeenCalledTimes(1)
  })

  it('refuses a stored stack that is damaged or belongs to another document', () => {
    const stack = fresh()
    stack.execute(put('a', { b: [1, 2] }))
    stack.execute(put('c', 1))
    stack.undo()
    const stored = JSON.parse(JSON.stringify(stack.store()))
    const { document } = stack
    const restored = CommandStack.restore(document, stored)
    expect(restored.history).toEqual(stack.history)
    expect(restored.redo() && restored.undo() && restored.undo()).toBe(true)
    expect(restored.document.definition).toEqual({ id: 'x', states: {} })
    for (const broken of [
      null,
      {},
      { ...stored, version: 2 },
      { ...stored, done: 3 },
      { ...stored, lastId: 0 },
      { ...stored, steps: [{ ...stored.steps[0], forward: [{ op: 'eval', path: '' }] }] },
    ])
      expect(() => CommandStack.restore(document, broken)).toThrow(/damaged/)
    expect(() => CommandStack.restore(openDocument({ id: 'y' }), stored)).toThrow(/another version/)
  })
})
