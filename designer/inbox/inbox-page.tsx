/**
 * What was told to whoever reads: reminders, messages, breaches; the unread first.
 *
 * Promises: the filters stand in the address. Opening a message's job marks it as read.
 */
import { Button, Group, SegmentedControl, Stack, Switch, Text } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { NOTICE_KINDS, type NoticeView, type UnreadView } from '../../machines/wire/inbox.ts'
import { type JobWords, jobWords } from '../jobs/job-words.ts'
import { ApiError, api } from '../session/api.ts'
import { useMe } from '../session/queries.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { MANY } from './bell.tsx'
import { DeadLetters } from './dead-letters.tsx'
import './inbox.css'
import { type InboxFilter, useInbox, useMarking, useUnread } from './inbox-queries.ts'
import { NoticeRow } from './notice-row.tsx'

function filterOf(search: URLSearchParams): InboxFilter {
  const kind = NOTICE_KINDS.find((each) => each === search.get('kind'))
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(search.get('unread') === 'yes' ? { unread: true } : {}),
  }
}

export default function InboxPage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const filter = filterOf(search)
  const inbox = useInbox(filter)
  const unread = useUnread().data
  const mayMend = useMe().data?.rights.includes('letters:read') === true
  const marking = useMarking()
  const notices = inbox.data?.pages.flatMap((page) => page.notices) ?? []
  const latest = inbox.data?.pages[0]?.latest ?? 0
  const put = (next: InboxFilter): void =>
    setSearch({
      ...(next.kind === undefined ? {} : { kind: next.kind }),
      ...(next.unread ? { unread: 'yes' } : {}),
    })
  const waiting = filter.kind === undefined ? unread?.total : unread?.[filter.kind]
  const { kind } = filter
  return (
    <Page title={t('inbox.title')} beside={<Unread unread={unread} />}>
      <Stack gap="md" maw={1100}>
        {mayMend ? <DeadLetters /> : null}
        <Group justify="space-between" gap="sm">
          <Group gap="md">
            <SegmentedControl
              aria-label={t('inbox.show')}
              value={kind ?? 'all'}
              onChange={(value) => {
                const chosen = NOTICE_KINDS.find((each) => each === value)
                put({
                  ...(chosen === undefined ? {} : { kind: chosen }),
                  ...(filter.unread ? { unread: true } : {}),
                })
              }}
              data={[
                { value: 'all', label: t('inbox.all') },
                ...NOTICE_KINDS.map((value) => ({ value, label: <KindTab kind={value} unread={unread} /> })),
              ]}
            />
            <Switch
              label={t('inbox.onlyUnread')}
              checked={filter.unread === true}
              onChange={({ currentTarget }) =>
                put({ ...(kind === undefined ? {} : { kind }), unread: currentTarget.checked })
              }
            />
          </Group>
          <Button
            variant="default"
            disabled={waiting === 0 || !inbox.isSuccess}
            loading={marking.all.isPending}
            onClick={() => marking.all.mutate({ upTo: latest, ...(kind === undefined ? {} : { kind }) })}
          >
            {kind === undefined ? t('inbox.allRead') : t('inbox.allOfKind')}
          </Button>
        </Group>
        <MarkingTrouble error={marking.one.error ?? marking.all.error} />
        {inbox.isPending ? <Waiting /> : null}
        {inbox.isError ? <ProblemNotice error={inbox.error} retry={() => void inbox.refetch()} /> : null}
        {inbox.isSuccess && notices.length === 0 ? <Nothing filter={filter} showAll={() => put({})} /> : null}
        <Notices notices={notices} mark={(id, read) => marking.one.mutate({ ids: [id], read })} />
        {inbox.hasNextPage ? (
          <Group justify="center">
            <Button
              variant="default"
              loading={inbox.isFetchingNextPage}
              onClick={() => void inbox.fetchNextPage()}
            >
              {t('common.more')}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Page>
  )
}

function Unread({ unread }: { unread: UnreadView | undefined }): ReactElement | null {
  const { t } = useTranslation()
  if (unread === undefined) return null
  return (
    <Text c="dimmed" size="sm">
      {unread.total >= MANY ? t('inbox.unreadMany') : t('inbox.unread', { count: unread.total })}
    </Text>
  )
}

function KindTab({
  kind,
  unread,
}: {
  kind: NoticeView['kind']
  unread: UnreadView | undefined
}): ReactElement {
  const { t } = useTranslation()
  const count = unread?.[kind] ?? 0
  return (
    <Group gap={6} wrap="nowrap" component="span">
      {t(`inbox.kinds.${kind}`)}
      {count === 0 ? null : (
        <span className="fc-count" role="img" aria-label={t('inbox.unread', { count })}>
          {count > 99 ? t('inbox.most') : count}
        </span>
      )}
    </Group>
  )
}

function MarkingTrouble({ error }: { error: Error | null }): ReactElement | null {
  const { t } = useTranslation()
  const { say } = useSpeech()
  if (error === null) return null
  const why = error instanceof ApiError ? say(error.title, error.code) : error.message
  return (
    <Text c="var(--mantine-color-error)" size="sm" role="alert">
      {t('inbox.marking', { why })}
    </Text>
  )
}

function Nothing({ filter, showAll }: { filter: InboxFilter; showAll(): void }): ReactElement {
  const { t } = useTranslation()
  if (filter.kind === undefined && filter.unread !== true)
    return <Empty title={t('inbox.empty')} lead={t('inbox.emptyLead')} />
  return (
    <Empty title={filter.kind === undefined ? t('inbox.caughtUp') : t('inbox.noneOfKind')}>
      <Button variant="default" mt="sm" onClick={showAll}>
        {t('inbox.showAll')}
      </Button>
    </Empty>
  )
}

function Notices({
  notices,
  mark,
}: {
  notices: readonly NoticeView[]
  mark(id: string, read: boolean): void
}): ReactElement | null {
  const { t, i18n } = useTranslation()
  const words = useWords(notices)
  const nameless = useMemo(() => jobWords(undefined, t, i18n.language), [t, i18n.language])
  if (notices.length === 0) return null
  return (
    <ul className="fc-panel fc-notices" aria-label={t('inbox.list')}>
      {notices.map((notice) => (
        <NoticeRow
          key={notice.id}
          notice={notice}
          words={(notice.job && words.get(`${notice.job.process} ${notice.job.version}`)) ?? nameless}
          mark={(read) => mark(notice.id, read)}
        />
      ))}
    </ul>
  )
}

/** The words of the versions that the messages' jobs run on. */
function useWords(notices: readonly NoticeView[]): ReadonlyMap<string, JobWords> {
  const { t, i18n } = useTranslation()
  const keys = [
    ...new Set(notices.flatMap(({ job }) => (job === undefined ? [] : [`${job.process} ${job.version}`]))),
  ].toSorted()
  return useQueries({
    queries: keys.map((key) => {
      const [process = '', version = ''] = key.split(' ')
      return {
        queryKey: ['definition', process, Number(version)],
        queryFn: ({ signal }: { signal: AbortSignal }) => api.version(process, Number(version), signal),
        staleTime: Number.POSITIVE_INFINITY,
      }
    }),
    combine: (found) =>
      new Map(keys.map((key, index) => [key, jobWords(found[index]?.data?.definition, t, i18n.language)])),
  })
}
