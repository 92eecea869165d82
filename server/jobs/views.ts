/**
 * The views of lists that a person keeps for himself.
 *
 * Must not: take another's id: everybody has his own.
 */
import type { SaveView, ViewList } from '../../machines/wire/desk.ts'
import type { Ids } from '../ids.ts'
import { problem } from '../problem-details.ts'
import type { ViewStore } from '../store/view-port.ts'

/** A list without end is a mistake. */
const MOST_VIEWS = 50

export type ViewsPort = {
  list(person: string): Promise<ViewList>
  /** Problems: bad-request, where there are too many. */
  create(person: string, view: SaveView): Promise<ViewList>
  /** Problems: not-found; as `drop`. */
  change(person: string, id: string, view: SaveView): Promise<ViewList>
  drop(person: string, id: string): Promise<ViewList>
}

type ViewsDeps = { store: ViewStore; ids: Pick<Ids, 'id'> }

export function createViews({ store, ids }: ViewsDeps): ViewsPort {
  const list = async (person: string): Promise<ViewList> => ({ views: await store.views(person) })
  const put = async (person: string, id: string, { name, search }: SaveView): Promise<ViewList> => {
    await store.saveView(person, { id, name: name.trim(), search })
    return list(person)
  }
  return {
    list,
    create: async (person, view) => {
      if ((await store.views(person)).length >= MOST_VIEWS)
        throw problem('bad-request', {
          detail: {
            en: `A person may keep ${MOST_VIEWS} views; remove one first.`,
            zh: `\u6bcf\u4eba\u6700\u591a\u4fdd\u5b58 ${MOST_VIEWS} \u4e2a\u89c6\u56fe\uff0c\u8bf7\u5148\u5220\u9664\u4e00\u4e2a\u3002`,
          },
        })
      return put(person, ids.id(), view)
    },
    change: async (person, id, view) => {
      if (!(await store.views(person)).some((each) => each.id === id)) throw problem('not-found')
      return put(person, id, view)
    },
    drop: async (person, id) => {
      if (!(await store.dropView(person, id))) throw problem('not-found')
      return list(person)
    },
  }
}
