/**
 * A database of this browser (IndexedDB), asked by promises.
 *
 * Promises: what `within` resolves for has been written; a database that could not be opened is tried again when it is
 * asked the next time. Must not: know what is kept.
 */

/** Answers when the transaction is done, not before. */
export type Within = <T>(
  store: string,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
) => Promise<T>

type Asked = {
  /** Its stores, made once. */
  make(database: IDBDatabase): void
  /** `strict`: told only when it is on the disk. */
  durability?: IDBTransactionDurability
}

/** Opens with the first question. Rejects where the browser keeps nothing. */
export function browserDatabase(name: string, { make, durability = 'default' }: Asked): Within {
  let opened: Promise<IDBDatabase> | undefined
  const database = (): Promise<IDBDatabase> => {
    opened ??= open(name, make)
    opened.catch(() => {
      opened = undefined
    })
    return opened
  }
  const begin = async (store: string, mode: IDBTransactionMode): Promise<IDBTransaction> =>
    (await database()).transaction(store, mode, { durability })
  /** Telephones drop the connection to a database while a page sleeps: it is opened anew then. */
  const beginAgain = (store: string, mode: IDBTransactionMode): Promise<IDBTransaction> => {
    opened = undefined
    return begin(store, mode)
  }
  return async (store, mode, work) => {
    const transaction = await begin(store, mode).catch(() => beginAgain(store, mode))
    const request = work(transaction.objectStore(store))
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = () => reject(transaction.error ?? new Error('not kept'))
      transaction.onabort = () => reject(transaction.error ?? new Error('not kept'))
    })
  }
}

function open(name: string, make: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => make(request.result)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('no storage'))
    request.onblocked = () => reject(new Error('blocked'))
  })
}
