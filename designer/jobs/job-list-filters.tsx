/**
 * Which jobs a list shows: chosen above it, kept in the address.
 */
import { Group, Pill, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { type ReactElement, type Ref, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { buildTree } from '../../machines/definition/tree.ts'
import { usePeople } from '../session/people.ts'
import { useMe, useProcesses, useVersion } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { MoreFilters } from './job-list-more.tsx'
import { DUE, type FilterName, ME } from './job-list-query.ts'
import { jobWords, stateInWords } from './job-words.ts'

export type FilterProps = {
  search: URLSearchParams
  put(change: Partial<Record<FilterName, string | null>>): void
}

/** Of a telephone's width, with the gap between two. */
const HALF = 'calc(50% - 6px)'

export function JobListFilters({
  search,
  put,
  box,
  toRows,
  only,
}: FilterProps & {
  box: Ref<HTMLInputElement>
  /** From the search on to what was found. */
  toRows(): void
  /** On the board, which has states and deadlines of its own. */
  only?: 'board'
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const processes = useProcesses()
  const data = (processes.data?.processes ?? []).map(({ id, title }) => ({
    value: id,
    label: say(title, id),
  }))
  return (
    <Group component="search" role="search" aria-label={t('jobs.filters')} gap="sm">
      <SearchBox search={search} put={put} box={box} toRows={toRows} />
      <Select
        aria-label={t('jobs.process')}
        placeholder={only === 'board' ? t('desk.boards.process') : t('jobs.allProcesses')}
        w={{ base: HALF, xs: 180 }}
        clearable={only !== 'board'}
        allowDeselect={only !== 'board'}
        clearButtonProps={{ 'aria-label': t('desk.clear', { what: t('jobs.process') }) }}
        value={search.get('process')}
        onChange={(value) => put({ process: value, version: null, state: null })}
        data={data}
      />
      {only === 'board' || search.get('process') === null ? null : <StateSelect search={search} put={put} />}
      <AssigneeSelect search={search} put={put} />
      {only === 'board' ? null : (
        <Select
          aria-label={t('jobs.deadline')}
          placeholder={t('desk.anyDue')}
          w={{ base: HALF, xs: 150 }}
          clearable
          clearButtonProps={{ 'aria-label': t('desk.clear', { what: t('jobs.deadline') }) }}
          value={search.get('overdue') === 'true' ? 'overdue' : search.get('due')}
          onChange={(value) =>
            put({
              overdue: value === 'overdue' ? 'true' : null,
              due: value === 'overdue' ? null : value,
              dueFrom: null,
              dueTo: null,
            })
          }
          data={[
            { value: 'overdue', label: t('jobs.overdueOnly') },
            ...DUE.map((value) => ({ value, label: t(`desk.due.${value}`) })),
          ]}
        />
      )}
      <MoreFilters search={search} put={put} {...(only === undefined ? {} : { only })} />
      <Narrowed search={search} put={put} />
    </Group>
  )
}

function SearchBox({
  search,
  put,
  box,
  toRows,
}: FilterProps & { box: Ref<HTMLInputElement>; toRows(): void }): ReactElement | null {
  const { t } = useTranslation()
  const rights = useMe().data?.rights
  const asked = search.get('text') ?? ''
  const [text, setText] = useState(asked)
  const putText = useDebouncedCallback((value: string) => put({ text: value === '' ? null : value }), 250)
  // Filters cleared, or another address: the box follows.
  useEffect(() => setText(asked), [asked])
  // It looks into names and numbers; one that an address brings along can still be taken out.
  if (asked === '' && rights?.includes('jobs:personal') === false) return null
  return (
    <TextInput
      ref={box}
      aria-label={t('jobs.search')}
      placeholder={t('desk.searchHint')}
      leftSection={<Icon name="search" size={16} />}
      value={text}
      maxLength={200}
      onChange={(event) => {
        setText(event.currentTarget.value)
        putText(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return
        event.preventDefault()
        toRows()
      }}
      w={{ base: '100%', xs: 300 }}
    />
  )
}

/** States of the version asked for, or the latest; those within others stand below them. */
function StateSelect({ search, put }: FilterProps): ReactElement {
  const { t, i18n } = useTranslation()
  const process = search.get('process') ?? ''
  const processes = useProcesses()
  const latest = processes.data?.processes.find(({ id }) => id === process)?.latest?.version
  const version = search.get('version') === null ? latest : Number(search.get('version'))
  const { data } = useVersion(process, version)
  const options = useMemo(() => {
    if (data === undefined) return []
    const words = jobWords(data.definition, t, i18n.language)
    return buildTree(data.definition)
      .nodes.filter(({ path, kind }) => path !== '' && kind !== 'history')
      .map(({ path, depth }) => ({
        value: path,
        label: `${'\u2003'.repeat(depth - 1)}${stateInWords(path, words)}`,
      }))
  }, [data, t, i18n.language])
  const state = search.get('state')
  // A state of another version: its path, rather than nothing.
  const known = state === null || options.some(({ value }) => value === state)
  return (
    <Select
      aria-label={t('jobs.state')}
      placeholder={t('desk.anyState')}
      w={{ base: HALF, xs: 190 }}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('desk.clear', { what: t('jobs.state') }) }}
      value={state}
      onChange={(value) => put({ state: value })}
      data={known ? options : [...options, { value: state, label: state }]}
    />
  )
}

function AssigneeSelect({ search, put }: FilterProps): ReactElement {
  const { t } = useTranslation()
  const people = usePeople()
  const data = [...people.values()]
    .filter(({ id, disabled }) => !disabled || id === search.get('assignee'))
    .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Select
      aria-label={t('jobs.assignee')}
      placeholder={t('desk.anyAssignee')}
      w={{ base: HALF, xs: 150 }}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('desk.clear', { what: t('jobs.assignee') }) }}
      value={search.get('assignee')}
      onChange={(value) => put({ assignee: value })}
      data={[{ value: ME, label: t('desk.me') }, ...data]}
    />
  )
}

/** What is not in sight as a choice of its own stands as a pill that can be dropped. */
function Narrowed({ search, put }: FilterProps): ReactElement {
  const { t } = useTranslation()
  const { date } = useSpeech()
  const range = (name: 'due' | 'created'): string | undefined => {
    const said = (['From', 'To'] as const).flatMap((end) => {
      const day = search.get(`${name}${end}`)
      return day === null ? [] : [`${t(`desk.${name}${end}`)} ${date(`${day}T12:00:00`)}`]
    })
    return said.length === 0 ? undefined : said.join(t('common.list'))
  }
  const version = search.get('version')
  const state = search.get('state')
  const created = search.get('created')
  const told: [FilterName, string | undefined][] = [
    ['version', version === null ? undefined : t('processes.version', { version })],
    // With a process it stands among the choices.
    ['state', state === null || search.has('process') ? undefined : t('page.narrowed.state', { state })],
    ['customer', search.get('customer') ?? undefined],
    ['region', search.get('region') ?? undefined],
    ['suspended', search.get('suspended') === 'true' ? t('desk.suspendedOnly') : undefined],
    [
      'created',
      created === 'today' || created === 'week' || created === 'month'
        ? t(`desk.started.${created}`)
        : undefined,
    ],
    ['dueFrom', range('due')],
    ['createdFrom', range('created')],
  ]
  return (
    <>
      {told.map(([name, what]) =>
        what === undefined ? null : (
          <Pill
            key={name}
            size="md"
            maw={260}
            withRemoveButton
            onRemove={() =>
              put({
                [name]: null,
                ...(name === 'dueFrom' ? { dueTo: null } : {}),
                ...(name === 'createdFrom' ? { createdTo: null } : {}),
              })
            }
            removeButtonProps={{
              'aria-label': t('page.narrowed.drop', { what }),
              tabIndex: 0,
              'aria-hidden': false,
            }}
          >
            {what}
          </Pill>
        ),
      )}
    </>
  )
}
