/**
 * The shelf in this browser (IndexedDB): it outlives reloads, closing, and the telephone being switched off.
 *
 * Promises: what `add` and `replace` resolve for is written; a full disk is `NoRoom`, not a lost act.
 * Must not: be used where there is no IndexedDB; `openShelf` says so.
 */
import { Check } from 'typebox/value'
import { Act } from './act.ts'
import { type Kept, NoRoom, type Shelf } from './shelf.ts'

const DATABASE = 'fieldchart-work'
const ACTS = 'acts'
const ANSWERS = 'answers'

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ACTS, { keyPath: 'order', autoIncrement: true })
      request.result.createObjectStore(ANSWERS)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('no storage'))
    request.onblocked = () => reject(new Error('blocked'))
  })
}

/** `undefined`: this browser keeps nothing here. */
export async function openShelf(): Promise<Shelf | undefined> {
  try {
    return shelfOver(await open())
  } catch {
    return undefined
  }
}

/** Forgets what was known of jobs and begun; what waits to be sent stays for who did it. */
export async function forgetWork(): Promise<void> {
  const shelf = await openShelf()
  await shelf?.forget(() => true)
}

function shelfOver(database: IDBDatabase): Shelf {
  async function within<T>(
    name: string,
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    // On the disk before it is told: `strict` waits for it.
    const transaction = database.transaction(name, mode, { durability: 'strict' })
    const request = work(transaction.objectStore(name))
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = () => reject(transaction.error ?? new Error('not kept'))
      transaction.onabort = () => reject(transaction.error ?? new Error('not kept'))
    })
  }
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
