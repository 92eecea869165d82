/** A draft's session: saved soon, kept here, never overwriting what another saved. */
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Command } from '../../../designer/document/command-stack.ts'
import { type Document, openDocument } from '../../../designer/document/document.ts'
import { at, edit, type Json } from '../../../designer/document/json.ts'
import { DraftSession } from '../../../designer/session/draft-session.ts'
import type { LocalDraft, LocalDrafts } from '../../../designer/session/local-drafts.ts'
import type { DraftGateway, Remote } from '../../../designer/session/session-view.ts'

const START = { id: 'visit', delays: { contact: 'PT30M', arrive: 'PT2H' }, norms: ['HV-01'] }

const put = (steps: string[], value: Json): Command => ({
  name: 'put',
  title: { en: 'Put', zh: '设置' },
  do: (document) => ({ ...document, definition: edit(document.definition, steps, () => value) }),
})
const contact = (value: string): Command => put(['delays', 'contact'], value)
const arrive = (value: string): Command => put(['delays', 'arrive'], value)

class Offline extends Error {}
class Refused extends Error {}

/** The server as the designer sees it: one draft, revisions, versions. */
class Server {
  remote: Remote = { revision: 0, basedOn: 1, document: openDocument(START) }
  fault: Error | undefined
  saves = 0
  version = 1
  readonly gateway: DraftGateway = {
    load: async () => {
      this.#meetFault()
      return this.remote
    },
    save: async (expected, document, basedOn) => {
      this.#meetFault()
      this.saves++
      if (expected !== this.remote.revision) return 'stale'
      this.put(document, 'me', basedOn)
      return this.remote.revision
    },
    publish: async (revision) => {
      this.#meetFault()
      if (revision !== this.remote.revision) throw new Refused('stale')
      this.version++
      this.remote = { revision: 0, basedOn: this.version, document: this.remote.document }
      return this.version
    },
    isPassing: (error) => error instanceof Offline,
  }
  put(document: Document, by: string, basedOn = this.remote.basedOn): void {
    const revision = this.remote.revision + 1
    this.remote = { revision, document, by, ...(basedOn === undefined ? {} : { basedOn }) }
  }
  /** Another person's save. */
  change(command: Command): void {
    this.put(command.do(this.remote.document), 'li')
  }
  at(...steps: string[]): Json | undefined {
    return at(this.remote.document.definition, ...steps)
  }
  #meetFault(): void {
    if (this.fault !== undefined) throw this.fault
  }
}

/** One browser: what it keeps goes through JSON, as storage would have it. */
class Browser implements LocalDrafts {
  text: string | undefined
  full = false
  async read(): Promise<LocalDraft | undefined> {
    return this.text === undefined ? undefined : JSON.parse(this.text)
  }
  async write(draft: LocalDraft): Promise<boolean> {
    if (!this.full) this.text = JSON.stringify(draft)
    return !this.full
  }
}

async function open(server: Server, browser: Browser): Promise<DraftSession> {
  const session = await DraftSession.open(server.gateway, browser)
  onTestFinished(() => session.close())
  return session
}
/** The page is gone without a word, as by a power cut. */
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

let server: Server
let browser: Browser
beforeEach(() => {
  vi.useFakeTimers()
  server = new Server()
  browser = new Browser()
})
afterEach(() => void vi.useRealTimers())

describe('saving', () => {
  it('does not begin a draft by opening', async () => {
    const session = await open(server, browser)
    await settle(60_000)
    expect([session.view.save, server.saves]).toEqual(['saved', 0])
  })

  it('comes within 2 s of the last change, once for a burst', async () => {
    const session = await open(server, browser)
    for (const minutes of [25, 24, 23, 20]) {
      session.stack.execute(contact(`PT${minutes}M`))
      await settle(100)
    }
    expect(session.view.save).toBe('unsaved')
    await settle(1_900)
    expect([session.view.save, server.saves, server.at('delays', 'contact')]).toEqual(['saved', 1, 'PT20M'])
  })

  it('also comes while changes come without a pause', async () => {
    const session = await open(server, browser)
    for (let turn = 0; turn < 60; turn++) {
      session.stack.execute(contact(`PT${turn + 1}M`))
      await settle(100)
    }
    expect(server.saves).toBeGreaterThanOrEqual(2)
  })

  it('saves a change made while a save was under way', async () => {
    const session = await open(server, browser)
    session.stack.execute(contact('PT20M'))
    const saving = session.save()
    session.stack.execute(arrive('PT3H'))
    await saving
    await settle(2_000)
    expect([session.view.save, server.at('delays', 'arrive')]).toEqual(['saved', 'PT3H'])
  })

  it('saves what undoing made', async () => {
    const session = await open(server, browser)
    session.stack.execute(contact('PT20M'))
    await settle(2_000)
    session.stack.undo()
    await settle(2_000)
    expect([session.view.save, server.at('delays', 'contact')]).toEqual(['saved', 'PT30M'])
  })

  it('tries again until the server is back', async () => {
    const session = await open(server, browser)
    server.fault = new Offline()
    session.stack.execute(contact('PT20M'))
    await settle(5_000)
    expect(session.view.save).toBe('offline')
    server.fault = undefined
    await settle(60_000)
    expect([session.view.save, server.at('delays', 'contact')]).toEqual(['saved', 'PT20M'])
  })

  it('does not insist where it was refused, but tries the next change', async () => {
    const session = await open(server, browser)
    server.fault = new Refused('too large')
    session.stack.execute(contact('PT20M'))
    await settle(60_000)
    expect([session.view.save, session.view.error]).toEqual(['refused', server.fault])
    server.fault = undefined
    session.stack.execute(contact('PT21M'))
    await settle(2_000)
    expect(session.view.save).toBe('saved')
  })
})

describe('what this browser keeps', () => {
  it('brings back the undo stack after a reload', async () => {
    const first = await open(server, browser)
    first.stack.execute(contact('PT20M'))
    await settle(2_000)
    first.close()
    const second = await open(server, browser)
    expect([second.view.save, second.stack.canUndo]).toEqual(['saved', true])
    second.stack.undo()
    await settle(2_000)
    expect(server.at('delays', 'contact')).toBe('PT30M')
  })

  it('sends after a reload what was never sent', async () => {
    const first = await open(server, browser)
    server.fault = new Offline()
    first.stack.execute(contact('PT20M'))
    await settle(1_000)
    first.close()
    server.fault = undefined
    const second = await open(server, browser)
    await settle(2_000)
    expect([second.view.save, server.at('delays', 'contact')]).toEqual(['saved', 'PT20M'])
  })

  it('opens without the server', async () => {
    const first = await open(server, browser)
    first.stack.execute(contact('PT20M'))
    await settle(2_000)
    first.close()
    server.fault = new Offline()
    const second = await open(server, browser)
    second.stack.execute(arrive('PT3H'))
    await settle(3_000)
    expect(second.view.save).toBe('offline')
    server.fault = undefined
    await settle(60_000)
    expect(server.at('delays')).toEqual({ contact: 'PT20M', arrive: 'PT3H' })
  })

  it('counts as nothing where it is damaged', async () => {
    const first = await open(server, browser)
    first.stack.execute(contact('PT20M'))
    await settle(2_000)
    first.close()
    browser.text = browser.text?.replace('PT20M', 'PT99M')
    const second = await open(server, browser)
    expect(second.view.document).toEqual(server.remote.document)
  })

  it('is told where the browser refuses to keep it', async () => {
    browser.full = true
    const session = await open(server, browser)
    session.stack.execute(contact('PT20M'))
    await settle()
    expect(session.view.kept).toBe(false)
  })

  it('gives way to the server where nothing in it is unsaved', async () => {
    const first = await open(server, browser)
    first.stack.execute(contact('PT20M'))
    await settle(2_000)
    first.close()
    server.change(contact('PT15M'))
    const second = await open(server, browser)
    expect([second.view.save, second.view.document]).toEqual(['saved', server.remote.document])
  })
})

describe('two people at one draft', () => {
  it('have both changes, where they do not touch', async () => {
    const session = await open(server, browser)
    server.change(arrive('PT3H'))
    session.stack.execute(contact('PT20M'))
    await settle(3_000)
    expect(server.at('delays')).toEqual({ contact: 'PT20M', arrive: 'PT3H' })
    expect(session.view).toMatchObject({ save: 'saved', merged: { times: 1, by: 'li' } })
    expect(session.view.document).toEqual(server.remote.document)
  })

  it('overwrite nothing where they touch, until each is decided', async () => {
    const session = await open(server, browser)
    server.change(contact('PT10M'))
    session.stack.execute(contact('PT20M'))
    await settle(60_000)
    expect(server.at('delays', 'contact')).toBe('PT10M')
    expect(session.view.save).toBe('stale')
    expect(session.view.stale).toEqual({
      by: 'li',
      conflicts: [{ pointer: '/delays/contact', base: 'PT30M', mine: 'PT20M', theirs: 'PT10M' }],
    })
    session.decide(new Map())
    expect(session.view.save).toBe('stale')
    session.decide(new Map([['/delays/contact', 'mine']]))
    await settle(3_000)
    expect([session.view.save, server.at('delays', 'contact')]).toEqual(['saved', 'PT20M'])
  })

  it('may take the other’s, and have nothing to save then', async () => {
    const session = await open(server, browser)
    server.change(contact('PT10M'))
    session.stack.execute(contact('PT20M'))
    await settle(3_000)
    const { saves } = server
    session.decide(new Map([['/delays/contact', 'theirs']]))
    await settle(3_000)
    expect([session.view.save, at(session.view.document.definition, 'delays', 'contact')]).toEqual([
      'saved',
      'PT10M',
    ])
    expect(server.saves).toBe(saves)
  })

  it('find the conflict again after a reload', async () => {
    const first = await open(server, browser)
    server.change(contact('PT10M'))
    first.stack.execute(contact('PT20M'))
    await settle(3_000)
    first.close()
    const second = await open(server, browser)
    expect(second.view.stale?.conflicts).toMatchObject([{ mine: 'PT20M', theirs: 'PT10M' }])
  })

  it('see the other’s change by looking, and keep their undo', async () => {
    const session = await open(server, browser)
    session.stack.execute(contact('PT20M'))
    await settle(3_000)
    server.change(arrive('PT3H'))
    await session.refresh()
    expect(session.view.document).toEqual(server.remote.document)
    expect([session.view.save, session.stack.canUndo]).toEqual(['saved', true])
  })
})

describe('undo, after changes of others came in', () => {
  it('takes back what was done here, and saves theirs untouched', async () => {
    const session = await open(server, browser)
    session.stack.execute(contact('PT20M'))
    await settle(3_000)
    server.change(arrive('PT3H'))
    await session.refresh()
    session.stack.undo()
    await settle(3_000)
    expect(server.at('delays')).toEqual({ contact: 'PT30M', arrive: 'PT3H' })
    expect(session.stack.canUndo).toBe(false)
    session.stack.redo()
    await settle(3_000)
    expect(server.at('delays')).toEqual({ contact: 'PT20M', arrive: 'PT3H' })
  })

  it('leaves alone what they changed of the same place', async () => {
    const session = await open(server, browser)
    session.stack.execute(arrive('PT4H'))
    session.stack.execute(contact('PT20M'))
    await settle(3_000)
    server.change(contact('PT10M'))
    await session.refresh()
    session.stack.undo()
    await settle(3_000)
    expect(server.at('delays')).toEqual({ contact: 'PT10M', arrive: 'PT2H' })
  })

  it('goes on past a change that was not saved yet', async () => {
    const session = await open(server, browser)
    session.stack.execute(contact('PT25M'))
    await settle(3_000)
    server.change(arrive('PT3H'))
    session.stack.execute(contact('PT20M'))
    await settle(3_000)
    expect(server.at('delays')).toEqual({ contact: 'PT20M', arrive: 'PT3H' })
    session.stack.undo()
    session.stack.undo()
    await settle(3_000)
    expect([session.view.save, server.at('delays')]).toEqual(['saved', { contact: 'PT30M', arrive: 'PT3H' }])
  })

  it('is still so after a reload, and after mine was chosen over theirs', async () => {
    const first = await open(server, browser)
    server.change(contact('PT10M'))
    first.stack.execute(contact('PT20M'))
    await settle(3_000)
    first.decide(new Map([['/delays/contact', 'mine']]))
    await settle(3_000)
    first.close()
    const second = await open(server, browser)
    expect([second.view.save, server.at('delays', 'contact')]).toEqual(['saved', 'PT20M'])
    second.stack.undo()
    await settle(3_000)
    expect(server.at('delays', 'contact')).toBe('PT10M')
  })

  it('tells what came in, before and after', async () => {
    const session = await open(server, browser)
    server.change(arrive('PT3H'))
    await session.refresh()
    const { before, after } = session.view.merged
    expect([at(before?.definition, 'delays', 'arrive'), at(after?.definition, 'delays', 'arrive')]).toEqual([
      'PT2H',
      'PT3H',
    ])
  })
})

describe('publishing', () => {
  it('saves first, and goes on from the new version', async () => {
    const session = await open(server, browser)
    session.stack.execute(contact('PT20M'))
    expect(await session.publish('Sooner')).toBe(2)
    expect(session.view).toMatchObject({ save: 'saved', revision: 0, basedOn: 2 })
    session.stack.undo()
    await settle(2_000)
    expect(server.remote).toMatchObject({ revision: 1, basedOn: 2 })
  })

  it('is refused while a conflict is open', async () => {
    const session = await open(server, browser)
    server.change(contact('PT10M'))
    session.stack.execute(contact('PT20M'))
    await expect(session.publish('Sooner')).rejects.toThrow('could not be saved')
    expect(server.version).toBe(1)
  })
})
