/**
 * What the pages keep of the inbox: the messages, a page at a time, and how many are unread.
 *
 * Promises: a message that is marked stays where it is on the page; the list is asked for again when something comes in,
 * or when the reader comes back to it.
 * Must not: hold words or draw anything.
 */
import {
  type InfiniteData,
  type QueryClient,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { InboxPage, MarkAll, NoticeKind, NoticeView, UnreadView } from '../../machines/wire/inbox.ts'
import { api } from '../session/api.ts'

export type InboxFilter = { kind?: NoticeKind; unread?: boolean }

const UNREAD = ['inbox', 'unread'] as const
const LIST = ['inbox', 'list'] as const

export const useUnread = (): UseQueryResult<UnreadView> =>
  useQuery({ queryKey: UNREAD, queryFn: ({ signal }) => api.unread(signal), staleTime: 60_000 })

export const useInbox = (filter: InboxFilter): UseInfiniteQueryResult<InfiniteData<InboxPage>> =>
  useInfiniteQuery({
    queryKey: [...LIST, filter],
    queryFn: ({ pageParam, signal }) => api.inbox(filter, pageParam, signal),
    initialPageParam: noCursor(),
    getNextPageParam: (page) => page.next,
    placeholderData: (previous) => previous,
    staleTime: 0,
  })
const noCursor = (): string | undefined => undefined

const isCount = (value: unknown): value is UnreadView =>
  typeof value === 'object' && value !== null && 'total' in value && 'breach' in value

/** The server tells how many are unread; only where there are more than known has something come in. */
export function hearUnread(client: QueryClient, data: string): void {
  const told: unknown = JSON.parse(data)
  if (!isCount(told)) return
  const known = client.getQueryData<UnreadView>(UNREAD)
  client.setQueryData(UNREAD, told)
  const more =
    known === undefined ||
    told.remind > known.remind ||
    told.notify > known.notify ||
    told.breach > known.breach
  if (more) void client.invalidateQueries({ queryKey: LIST })
}

/** While nobody tells: ask. */
export const refreshInbox = (client: QueryClient): void => {
  void client.invalidateQueries({ queryKey: ['inbox'] })
}

type Pages = InfiniteData<InboxPage>
/** The pages with some of their messages marked. */
const marked = (pages: Pages, read: boolean, which: (notice: NoticeView) => boolean): Pages => ({
  ...pages,
  pages: pages.pages.map((page) => ({
    ...page,
    notices: page.notices.map((notice) => (which(notice) ? { ...notice, read } : notice)),
  })),
})

export function useMarking() {
  const client = useQueryClient()
  const show = (unread: UnreadView, read: boolean, which: (notice: NoticeView) => boolean): void => {
    client.setQueryData(UNREAD, unread)
    client.setQueriesData<Pages>({ queryKey: LIST }, (pages) => pages && marked(pages, read, which))
  }
  const one = useMutation({
    mutationFn: ({ ids, read }: { ids: string[]; read: boolean }) => api.markNotices(ids, read),
    onSuccess: (unread, { ids, read }) => show(unread, read, ({ id }) => ids.includes(id)),
  })
  const all = useMutation({
    mutationFn: (body: MarkAll) => api.markAllNotices(body),
    onSuccess: (unread, { upTo, kind }) =>
      show(unread, true, (notice) => notice.n <= upTo && (kind ?? notice.kind) === notice.kind),
  })
  return { one, all }
}
