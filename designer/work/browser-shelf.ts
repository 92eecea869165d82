/**
 * The shelf in this browser (IndexedDB): it outlives reloads, closing, and the telephone being switched off.
 *
 * Promises: what `add` and `replace` resolve for is written; a full disk is `NoRoom`, not a lost act.
 * Must not: be used where there is no IndexedDB; `openShelf` says so.
 */
import { Check } from 'typebox/value'
import { browserDatabase } from '../session/browser-database.ts'
import { Act } from './act.ts'
import { type Kept, NoRoom, type Shelf } from './shelf.ts'

const ACTS = 'acts'
const ANSWERS = 'answers'
const within = browserDatabase('fieldchart-work', {
  make(database) {
    database.createObjectStore(ACTS, { keyPath: 'order', autoIncrement: true })
    database.createObjectStore(ANSWERS)
  },
  // On the disk before it is told.
  durability: 'strict',
})

/** `undefined`: this browser keeps nothing here. */
export async function openShelf(): Promise<Shelf | undefined> {
  try {
    await within(ANSWERS, 'readonly', (store) => store.count())
    return shelf()
  } catch {
    return undefined
  }
}

/** Forgets what was known of jobs and begun; what waits to be sent stays for who did it. */
export async function forgetWork(): Promise<void> {
  const opened = await openShelf()
  await opened?.forget(() => true)
}

function shelf(): Shelf {
  async function writing<T>(work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    try {
      return await within(ACTS, 'readwrite', work)
    } catch (error) {
      throw new NoRoom(error instanceof Error ? error.message : undefined)
    }
  }
  return {
    async acts(person) {
      const found: unknown[] = await within(ACTS, 'readonly', (store) => store.getAll())
      return found.filter((row) => Check(Act, row)).filter((act) => act.person === person)
    },
    async add(act) {
      const order = await writing((store) => store.add(act))
      return { ...act, order: Number(order) }
    },
    async replace(act) {
      await writing((store) => store.put(act))
    },
    async remove(order) {
      await within(ACTS, 'readwrite', (store) => store.delete(order))
    },
    async read(name) {
      const kept: Kept | undefined = await within(ANSWERS, 'readonly', (store) => store.get(name)).catch(
        () => undefined,
      )
      return kept
    },
    async keep(name, kept) {
      try {
        await within(ANSWERS, 'readwrite', (store) => store.put(kept, name))
        return true
      } catch {
        return false
      }
    },
    async forget(which) {
      const names = await within(ANSWERS, 'readonly', (store) => store.getAllKeys())
      for (const name of names)
        if (typeof name === 'string' && which(name))
          await within(ANSWERS, 'readwrite', (store) => store.delete(name))
    },
  }
}
