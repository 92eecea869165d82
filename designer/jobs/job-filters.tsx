/**
 * Which jobs a list shows: chosen above it, kept in the address.
 */
import { Group, Pill, Select, Switch, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobFilter } from '../session/api.ts'
import { useProcesses, useVersion } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { jobWords, stateInWords } from './job-words.ts'
import { JOB_STATUS_NAMES } from './statuses.ts'

/** What an address asks for. */
export function filterOf(search: URLSearchParams): JobFilter {
  const process = search.get('process')
  const status = search.get('status')
  const text = search.get('text')
  const version = search.get('version')
  const state = search.get('state')
  return {
    ...(process === null ? {} : { process }),
    ...(status === null ? {} : { status }),
    ...(version === null ? {} : { version }),
    ...(state === null ? {} : { state }),
    ...(text === null || text === '' ? {} : { text }),
    ...(search.get('overdue') === 'true' ? { overdue: true } : {}),
  }
}

export function JobFilters({
  search,
  setSearch,
}: {
  search: URLSearchParams
  setSearch(next: URLSearchParams, how: { replace: boolean }): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const processes = useProcesses()
  const [text, setText] = useState(search.get('text') ?? '')
  const put = (name: string, value: string | null): void => {
    const next = new URLSearchParams(search)
    if (value === null || value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next, { replace: true })
  }
  const putText = useDebouncedCallback((value: string) => put('text', value), 300)
  const asked = search.get('text') ?? ''
  // Filters cleared, or another address: the box follows.
  useEffect(() => setText(asked), [asked])
  return (
    <Group component="search" role="search" aria-label={t('jobs.filters')} mb="md" gap="sm">
      <TextInput
        aria-label={t('jobs.search')}
        placeholder={t('jobs.searchHint')}
        leftSection={<Icon name="search" size={16} />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          putText(event.currentTarget.value)
        }}
        w={{ base: '100%', xs: 240 }}
      />
      <Select
        aria-label={t('jobs.process')}
        placeholder={t('jobs.allProcesses')}
        clearable
        clearButtonProps={{ 'aria-label': t('jobs.clear') }}
        value={search.get('process')}
        onChange={(value) => put('process', value)}
        data={(processes.data?.processes ?? []).map(({ id, title }) => ({
          value: id,
          label: say(title, id),
        }))}
      />
      <Select
        aria-label={t('jobs.status')}
        placeholder={t('jobs.anyStatus')}
        clearable
        clearButtonProps={{ 'aria-label': t('jobs.clear') }}
        w={150}
        value={search.get('status')}
        onChange={(value) => put('status', value)}
        data={JOB_STATUS_NAMES.map((value) => ({ value, label: t(`status.${value}`) }))}
      />
      <Switch
        label={t('jobs.overdueOnly')}
        checked={search.get('overdue') === 'true'}
        onChange={(event) => put('overdue', event.currentTarget.checked ? 'true' : null)}
      />
      <Narrowed search={search} drop={(name) => put(name, null)} />
    </Group>
  )
}

/** A version and a state that an address asks for: led here from elsewhere, they can only be dropped. */
function Narrowed({
  search,
  drop,
}: {
  search: URLSearchParams
  drop(name: 'version' | 'state'): void
}): ReactElement {
  const { t, i18n } = useTranslation()
  const [process, version, state] = [search.get('process'), search.get('version'), search.get('state')]
  const { data } = useVersion(
    process ?? '',
    process === null || version === null ? undefined : Number(version),
  )
  const told = {
    version: version === null ? undefined : t('processes.version', { version }),
    state:
      state === null
        ? undefined
        : t('page.narrowed.state', {
            state: stateInWords(state, jobWords(data?.definition, t, i18n.language)),
          }),
  }
  return (
    <>
      {(['version', 'state'] as const).map((name) => {
        const what = told[name]
        return what === undefined ? null : (
          <Pill
            key={name}
            size="md"
            withRemoveButton
            onRemove={() => drop(name)}
            removeButtonProps={{
              'aria-label': t('page.narrowed.drop', { what }),
              tabIndex: 0,
              'aria-hidden': false,
            }}
          >
            {what}
          </Pill>
        )
      })}
    </>
  )
}
