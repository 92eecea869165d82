/**
 * The running jobs of a process by state: to see where they are, and to move them on.
 *
 * Promises: a card is moved by an event of its process and by nothing else; whatever the mouse can do, the menu of the
 * card can. Filters stand in the address; which columns are folded is the reader's own.
 */
import { Button, Group, Stack, Text } from '@mantine/core'
import { type ReactElement, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Definition } from '../../machines/definition/schema.ts'
import type { Board } from '../../machines/wire/desk.ts'
import type { JobRow } from '../../machines/wire/jobs.ts'
import { JobListFilters } from '../jobs/job-list-filters.tsx'
import { askedBy, type FilterName } from '../jobs/job-list-query.ts'
import { type JobWords, jobWords, stateInWords } from '../jobs/job-words.ts'
import { LookSwitch } from '../jobs/look-switch.tsx'
import { useWordsOf } from '../jobs/use-words.ts'
import { useBoard } from '../session/desk.ts'
import { useNow } from '../session/now.ts'
import { useNameOf } from '../session/people.ts'
import { useMe, useProcesses, useVersion } from '../session/queries.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { BoardColumn, type Target } from './board-column.tsx'
import { DropTray } from './drop-tray.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { leavesOf, waysTo } from './ways.ts'
import './board.css'

const NO_COLUMNS: Board['columns'] = []
type Moving = { job: JobRow; to: Target }

export default function BoardPage(): ReactElement {
  const { t, i18n } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const processes = useProcesses()
  const process = search.get('process') ?? undefined
  const latest = processes.data?.processes.find(({ id }) => id === process)?.latest?.version
  const version = useVersion(process ?? '', latest)
  const definition = version.data?.definition
  const me = useMe().data?.id ?? ''
  const asked = useMemo(() => narrowing(search, me), [search, me])
  const board = useBoard(process, asked)
  const box = useRef<HTMLInputElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const put = (change: Partial<Record<FilterName, string | null>>): void => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(change)) {
      if (value === null || value === undefined || value === '') next.delete(name)
      else next.set(name, value)
    }
    setSearch(next, { replace: true })
  }
  const words = useMemo(() => jobWords(definition, t, i18n.language), [definition, t, i18n.language])
  const targets = useMemo(
    () =>
      definition === undefined
        ? []
        : targetsOf(definition, board.data?.columns ?? NO_COLUMNS, (path) => stateInWords(path, words)),
    [definition, board.data, words],
  )
  return (
    <Page title={t('desk.boards.title')} beside={<LookSwitch look="board" search={search} />}>
      <Stack gap="sm">
        <JobListFilters
          search={search}
          put={put}
          box={box}
          only="board"
          toRows={() => place.current?.querySelector<HTMLElement>('a[data-job]')?.focus()}
        />
        {process === undefined ? (
          <Empty title={t('desk.boards.choose')}>
            <Group gap="xs" justify="center">
              {(processes.data?.processes ?? []).map(({ id, title }) => (
                <Button key={id} variant="default" onClick={() => put({ process: id })}>
                  {i18n.language.startsWith('zh') ? (title.zh ?? title.en) : (title.en ?? title.zh)}
                </Button>
              ))}
            </Group>
          </Empty>
        ) : null}
        {board.isError ? <ProblemNotice error={board.error} retry={() => void board.refetch()} /> : null}
        {version.isError ? (
          <ProblemNotice error={version.error} retry={() => void version.refetch()} />
        ) : null}
        {process !== undefined && (board.isPending || definition === undefined) && !board.isError ? (
          <Waiting />
        ) : null}
        {board.data === undefined || definition === undefined || process === undefined ? null : (
          <Columns
            key={process}
            process={process}
            asked={asked}
            board={board.data}
            targets={targets}
            place={place}
          />
        )}
      </Stack>
    </Page>
  )
}

/** What the board is narrowed by; its states and deadlines are its own. */
const NARROWED_BY = ['text', 'assignee', 'customer', 'region', 'overdue', 'suspended'] as const
function narrowing(search: URLSearchParams, me: string): Readonly<Record<string, string>> {
  const asked = askedBy(search, 0, me)
  return Object.fromEntries(
    NARROWED_BY.flatMap((name) => {
      const value = asked[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** A column for each state of the present version, then those that only older versions have. */
function targetsOf(
  definition: Definition,
  columns: Board['columns'],
  titleOf: (path: string) => string,
): Target[] {
  const leaves = leavesOf(definition).map((node): Target => {
    const above = node.parent
    const group = above === undefined || above.path === '' ? {} : { group: titleOf(above.path) }
    return {
      path: node.path,
      title: titleOf(node.path),
      isEnd: node.kind === 'final',
      isGone: false,
      ...group,
    }
  })
  const known = new Set(leaves.map(({ path }) => path))
  const gone = columns
    .filter(({ path }) => !known.has(path))
    .map(({ path }): Target => ({ path, title: path, isEnd: false, isGone: true }))
  return [...leaves, ...gone]
}

function Columns({
  process,
  asked,
  board,
  targets,
  place,
}: {
  process: string
  asked: Readonly<Record<string, string>>
  board: Board
  targets: readonly Target[]
  place: React.RefObject<HTMLDivElement | null>
}): ReactElement {
  const { t } = useTranslation()
  const now = useNow()
  const nameOf = useNameOf()
  const [folds, setFolds] = useFolds(process)
  const [dragged, setDragged] = useState<JobRow>()
  const [moving, setMoving] = useState<Moving>()
  const [told, setTold] = useState('')
  const jobs = useMemo(() => board.columns.flatMap((column) => column.jobs), [board])
  const { wordsOf } = useWordsOf(jobs)
  const found = new Map(board.columns.map((column) => [column.path, column]))
  const isFolded = (target: Target): boolean => folds[target.path] ?? !found.has(target.path)
  const showsEmpty = folds[EMPTY] ?? targets.length <= FEW
  const isEmpty = ({ path }: Target): boolean => !found.has(path) && folds[path] !== false
  const hasEmpty = targets.filter(isEmpty).length
  const inSight = targets.filter((target) => showsEmpty || !isEmpty(target))
  const leads = useMemo(
    () => leadsOf(dragged, dragged && wordsOf(dragged), targets),
    [dragged, wordsOf, targets],
  )
  const drop = (to: Target): void => {
    if (dragged !== undefined && !dragged.active.includes(to.path)) setMoving({ job: dragged, to })
    setDragged(undefined)
  }
  return (
    <>
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" role="status">
          {told === '' ? t('desk.boards.dragHint') : told}
        </Text>
        {hasEmpty === 0 ? null : (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => setFolds({ ...folds, [EMPTY]: !showsEmpty })}
          >
            {showsEmpty ? t('desk.boards.hideEmpty') : t('desk.boards.showEmpty', { count: hasEmpty })}
          </Button>
        )}
      </Group>
      {inSight.length === 0 ? <Empty title={t('desk.boards.noJobs')} /> : null}
      <div className="board" ref={place} hidden={inSight.length === 0}>
        {inSight.map((target) => (
          <BoardColumn
            key={target.path}
            target={target}
            targets={targets}
            column={found.get(target.path)}
            asked={{ ...asked, process, state: target.path, status: 'active', sort: 'dueAt' }}
            isFolded={isFolded(target)}
            fold={(folded) => setFolds({ ...folds, [target.path]: folded })}
            dragged={dragged}
            drag={setDragged}
            leads={leads}
            drop={drop}
            move={(job, to) => setMoving({ job, to })}
            shown={{ now, nameOf, wordsOf }}
          />
        ))}
      </div>
      {dragged === undefined ? null : (
        <DropTray
          targets={targets.filter((target) => leads.has(target.path) && !inSight.includes(target))}
          drop={drop}
        />
      )}
      {moving === undefined ? null : (
        <MoveDialog
          key={`${moving.job.id} ${moving.to.path}`}
          job={moving.job}
          to={moving.to}
          close={(said) => {
            setMoving(undefined)
            setTold(said ?? '')
          }}
        />
      )}
    </>
  )
}

/** Where an event may lead the job that is dragged. */
function leadsOf(
  dragged: JobRow | undefined,
  words: JobWords | undefined,
  targets: readonly Target[],
): ReadonlySet<string> {
  const definition = words?.definition
  if (dragged === undefined || definition === undefined) return NOWHERE
  const paths = targets
    .filter(
      ({ path }) => !dragged.active.includes(path) && waysTo(definition, dragged.active, path).length > 0,
    )
    .map(({ path }) => path)
  return new Set(paths)
}
const NOWHERE: ReadonlySet<string> = new Set()

/** Among the folds: whether states without a job are in sight. No state has this path. */
const EMPTY = ''
/** So many states are in sight at once. */
const FEW = 12
type Folds = Readonly<Record<string, boolean>>
const isFolds = (value: unknown): value is Folds =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((each) => typeof each === 'boolean')

/** Kept by this browser, for each process. */
function useFolds(process: string): [Folds, (folds: Folds) => void] {
  const key = `fieldchart.board.${process}`
  const [folds, setFolds] = useState<Folds>(() => {
    try {
      const kept: unknown = JSON.parse(window.localStorage.getItem(key) ?? '{}')
      return isFolds(kept) ? kept : {}
    } catch {
      return {}
    }
  })
  return [
    folds,
    (next) => {
      setFolds(next)
      try {
        window.localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // Without storage they last as long as the page.
      }
    },
  ]
}
