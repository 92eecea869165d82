/**
 * What this browser keeps of a draft: the document, the server's state it began from, and all that can be undone.
 *
 * Promises: a record is read back as it was written, or not at all; each tab has its own, so that two tabs do not
 * overwrite each other; a tab that finds none of its own takes the newest one of the same person.
 * Must not: throw because the browser refuses storage: `write` says so by false.
 */
import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'
import { browserDatabase } from './browser-database.ts'

const Content = {
  definition: Type.Unknown(),
  layout: Type.Unknown(),
}
const LocalDraft = Type.Object({
  format: Type.Literal(1),
  /** The server's state that the changes were made to; revision 0: there was no draft yet. */
  base: Type.Object({
    revision: Type.Integer({ minimum: 0 }),
    basedOn: Type.Optional(Type.Integer({ minimum: 1 })),
    ...Content,
  }),
  ...Content,
  /** As `CommandStack.store` gave it. */
  stack: Type.Unknown(),
})
export type LocalDraft = Static<typeof LocalDraft>

export type LocalDrafts = {
  read(): Promise<LocalDraft | undefined>
  /** False where it could not be kept. */
  write(draft: LocalDraft): Promise<boolean>
}

const STORE = 'drafts'
const within = browserDatabase('fieldchart', { make: (database) => database.createObjectStore(STORE) })
const TAB = 'fieldchart.tab'
/** Of a process: more tabs than anyone edits it in. */
const KEPT = 5

const Row = Type.Object({ owner: Type.String(), tab: Type.String(), at: Type.Number(), draft: LocalDraft })
type Row = Static<typeof Row>

/** The drafts of a process that this person edits in this browser (IndexedDB). `tab` survives a reload. */
export function browserDrafts(person: string, process: string, now: () => number): LocalDrafts {
  const owner = `${person}/${process}`
  const tab = tabName()
  return {
    async read() {
      try {
        const rows = (await rowsOf(owner)).toSorted((one, other) => other.at - one.at)
        return (rows.find((row) => row.tab === tab) ?? rows[0])?.draft
      } catch {
        return undefined
      }
    },
    async write(draft) {
      try {
        const row: Row = { owner, tab, at: now(), draft }
        await within(STORE, 'readwrite', (store) => store.put(row, [owner, tab]))
        const old = (await rowsOf(owner)).toSorted((one, other) => other.at - one.at).slice(KEPT)
        for (const each of old) await within(STORE, 'readwrite', (store) => store.delete([owner, each.tab]))
        return true
      } catch {
        return false
      }
    },
  }
}

async function rowsOf(owner: string): Promise<Row[]> {
  const range = IDBKeyRange.bound([owner, ''], [owner, '\uffff'])
  const found: unknown[] = await within(STORE, 'readonly', (store) => store.getAll(range))
  return found.filter((row) => Check(Row, row))
}

function tabName(): string {
  try {
    const known = sessionStorage.getItem(TAB)
    if (known !== null) return known
    const made = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(36)).join('')
    sessionStorage.setItem(TAB, made)
    return made
  } catch {
    return 'only'
  }
}
