import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '../../../designer/session/api.ts'
import { AttemptSync } from '../../../designer/training/session/attempt-sync.ts'
import type { Step } from '../../../machines/simulate/scenario.ts'

const wait = (seconds: number): Step => ({ after: `PT${seconds}S`, what: { do: 'wait' } })
const thrown: Step = { what: { do: 'happen', act: { act: 'tell', text: { en: 'Dark', zh: '停电' } } } }

/** A server that keeps steps, and may be away or end it. */
function serverOf(steps: Step[] = []) {
  const server = { steps, failing: [] as ApiError[], asked: [] as [number, number][], over: '' }
  return {
    server,
    gateway: {
      async add(from: number, added: readonly Step[]) {
        server.asked.push([from, added.length])
        const failure = server.failing.shift()
        if (failure !== undefined) throw failure
        server.steps = [...server.steps.slice(0, from), ...added]
        return { count: server.steps.length, ...(server.over === '' ? {} : { over: server.over }) }
      },
      read: async () => server.steps,
    },
  }
}

describe('bringing steps to the server', () => {
  it('sends what is new, and takes back what was taken back', async () => {
    const { server, gateway } = serverOf()
    const sync = new AttemptSync(gateway, [], { takeIn: vi.fn(), over: () => true })
    sync.want([wait(1)])
    sync.want([wait(1), wait(2)])
    await sync.settle()
    expect(server.steps).toEqual([wait(1), wait(2)])
    sync.want([wait(1)])
    await sync.settle()
    sync.want([wait(1), wait(3)])
    await sync.settle()
    expect(server.steps).toEqual([wait(1), wait(3)])
    expect(server.asked.at(-1)).toEqual([1, 1])
    expect(sync.state.is).toBe('sent')
  })

  it('waits without a connection and goes on with it', async () => {
    const { server, gateway } = serverOf()
    server.failing.push(new ApiError('network', 0))
    const sync = new AttemptSync(gateway, [], { takeIn: vi.fn(), over: () => true })
    sync.want([wait(1)])
    await vi.waitFor(() => expect(sync.state.is).toBe('away'))
    sync.want([wait(1), wait(2)])
    await sync.settle()
    expect(server.steps).toHaveLength(2)
  })

  it('hands on what was thrown in, with what it had not sent', async () => {
    const { server, gateway } = serverOf([wait(1), thrown])
    server.failing.push(new ApiError('attempt-behind', 409))
    const takeIn = vi.fn((steps: readonly Step[], unsent: number) => {
      expect(unsent).toBe(1)
      sync.want([...steps, wait(2)])
    })
    const sync = new AttemptSync(gateway, [wait(1)], { takeIn, over: () => true })
    sync.want([wait(1), wait(2)])
    await sync.settle()
    expect(takeIn).toHaveBeenCalledOnce()
    expect(server.steps).toEqual([wait(1), thrown, wait(2)])
  })

  it('looks when it hears of steps that are not its own, and only then', async () => {
    const { server, gateway } = serverOf([wait(1)])
    const takeIn = vi.fn((steps: readonly Step[]) => sync.want(steps))
    const sync = new AttemptSync(gateway, [wait(1)], { takeIn, over: () => true })
    sync.hear(0, [wait(1)])
    await sync.settle()
    expect(takeIn).not.toHaveBeenCalled()
    server.steps = [wait(1), thrown]
    sync.hear(1, [thrown])
    await sync.settle()
    expect(takeIn).toHaveBeenCalledWith([wait(1), thrown], 0)
    expect(sync.state.is).toBe('sent')
  })

  it('does not take for news what it has taken back meanwhile', async () => {
    const { server, gateway } = serverOf([wait(1), wait(2), wait(3)])
    const takeIn = vi.fn()
    const sync = new AttemptSync(gateway, server.steps, { takeIn, over: () => true })
    sync.want([wait(1), wait(2)])
    sync.hear(2, [wait(3)])
    sync.want([wait(1)])
    await sync.settle()
    expect(takeIn).not.toHaveBeenCalled()
    expect(server.steps).toEqual([wait(1)])
  })

  it('tells of the end, and sends no more after it', async () => {
    const { server, gateway } = serverOf()
    const over = vi.fn(() => true)
    const sync = new AttemptSync(gateway, [], { takeIn: vi.fn(), over })
    server.over = 'critical'
    sync.want([wait(1)])
    await sync.settle()
    expect(over).toHaveBeenCalledWith('critical')
    sync.want([wait(1), wait(2)])
    await sync.settle()
    expect(server.asked).toHaveLength(1)
  })

  it('goes on in a practice that was over, once it was gone back in', async () => {
    const { server, gateway } = serverOf()
    const sync = new AttemptSync(gateway, [], { takeIn: vi.fn(), over: () => false })
    server.over = 'job'
    sync.want([wait(1), wait(2)])
    await sync.settle()
    server.over = ''
    sync.want([wait(1)])
    await sync.settle()
    expect(server.steps).toEqual([wait(1)])
  })

  it('gives in where for the server it was over before', async () => {
    const { server, gateway } = serverOf()
    const takeIn = vi.fn((steps: readonly Step[]) => sync.want(steps))
    const cut = {
      ...gateway,
      add: async () => {
        server.steps = [wait(1)]
        return { count: 1, over: 'job' }
      },
    }
    const sync = new AttemptSync(cut, [], { takeIn, over: () => false })
    sync.want([wait(1), wait(2)])
    await sync.settle()
    expect(takeIn).toHaveBeenCalledWith([wait(1)], 0)
  })

  it('tells of a refusal, and tries again when it is told to', async () => {
    const { server, gateway } = serverOf()
    const sync = new AttemptSync(gateway, [], { takeIn: vi.fn(), over: () => true })
    server.failing.push(new ApiError('forbidden', 403))
    sync.want([wait(1)])
    await vi.waitFor(() => expect(sync.state.is).toBe('refused'))
    await sync.settle()
    expect(sync.state.is).toBe('sent')
    server.failing.push(new ApiError('forbidden', 403))
    sync.want([wait(1), wait(2)])
    await expect(sync.settle()).rejects.toThrow('forbidden')
  })
})
