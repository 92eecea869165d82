/**
 * The filters that are wanted now and then: customer, region, version, days, suspended.
 */
import { Autocomplete, Button, Popover, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCustomers } from '../session/desk.ts'
import { usePeople } from '../session/people.ts'
import { useMe } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import type { FilterProps } from './job-list-filters.tsx'
import { STARTED } from './job-list-query.ts'

/** Those that stand in here. */
const HERE = [
  'customer',
  'region',
  'suspended',
  'created',
  'dueFrom',
  'dueTo',
  'createdFrom',
  'createdTo',
] as const

export function MoreFilters({ search, put, only }: FilterProps & { only?: 'board' }): ReactElement {
  const { t } = useTranslation()
  const seesCustomers =
    useMe().data?.rights.includes('jobs:personal') !== false || search.get('customer') !== null
  const count = HERE.filter((name) => search.get(name) !== null).length
  return (
    <Popover position="bottom-start" width={380} trapFocus withinPortal>
      <Popover.Target>
        <Button
          variant={count > 0 ? 'light' : 'default'}
          rightSection={<Icon name="unfold" size={14} />}
          {...(count > 0 ? { 'aria-label': t('desk.moreActive', { count }) } : {})}
        >
          {t('desk.more')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          {seesCustomers ? <CustomerField search={search} put={put} /> : null}
          <RegionField search={search} put={put} />
          <Switch
            label={t('desk.suspendedOnly')}
            checked={search.get('suspended') === 'true'}
            onChange={(event) => put({ suspended: event.currentTarget.checked ? 'true' : null })}
          />
          {only === 'board' ? null : (
            <>
              <Select
                label={t('jobs.created')}
                placeholder={t('desk.anyStart')}
                comboboxProps={{ withinPortal: false }}
                clearable
                clearButtonProps={{ 'aria-label': t('desk.clear', { what: t('jobs.created') }) }}
                value={search.get('created')}
                onChange={(value) => put({ created: value, createdFrom: null, createdTo: null })}
                data={STARTED.map((value) => ({ value, label: t(`desk.started.${value}`) }))}
              />
              <SimpleGrid cols={2} spacing="sm">
                <Day name="dueFrom" search={search} put={put} />
                <Day name="dueTo" search={search} put={put} />
                <Day name="createdFrom" search={search} put={put} />
                <Day name="createdTo" search={search} put={put} />
              </SimpleGrid>
            </>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Days that are named put aside a stretch that is counted from today. */
function Day({
  name,
  search,
  put,
}: FilterProps & { name: 'dueFrom' | 'dueTo' | 'createdFrom' | 'createdTo' }): ReactElement {
  const { t } = useTranslation()
  return (
    <TextInput
      type="date"
      label={t(`desk.${name}`)}
      value={search.get(name) ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget
        put({
          [name]: value === '' ? null : value,
          ...(name.startsWith('due') ? { due: null, overdue: null } : { created: null }),
        })
      }}
    />
  )
}

/** Where people work; another region can be typed. */
function RegionField({ search, put }: FilterProps): ReactElement {
  const { t } = useTranslation()
  const people = usePeople()
  const regions = [...new Set([...people.values()].flatMap((person) => person.regions ?? []))].toSorted()
  return <WholeText name="region" data={regions} search={search} put={put} label={t('desk.region')} />
}

function CustomerField({ search, put }: FilterProps): ReactElement {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [typed] = useDebouncedValue(text.trim(), 250)
  const found = useCustomers(typed)
  return (
    <WholeText
      name="customer"
      data={found}
      // The server has found them already, by more than the name.
      asTheyAre
      search={search}
      put={put}
      label={t('desk.customer')}
      placeholder={t('desk.customerHint')}
      typed={setText}
    />
  )
}

/** A text that is asked for when it is whole: chosen, with Enter, or on leaving. */
function WholeText({
  name,
  data,
  label,
  placeholder = '',
  asTheyAre = false,
  typed,
  search,
  put,
}: FilterProps & {
  name: 'customer' | 'region'
  data: readonly string[]
  label: string
  placeholder?: string
  asTheyAre?: boolean
  typed?(text: string): void
}): ReactElement {
  const asked = search.get(name) ?? ''
  const [text, setText] = useState(asked)
  useEffect(() => setText(asked), [asked])
  const ask = (said: string): void => {
    if (said.trim() !== asked) put({ [name]: said.trim() === '' ? null : said.trim() })
  }
  return (
    <Autocomplete
      label={label}
      placeholder={placeholder}
      data={[...data]}
      {...(asTheyAre ? { filter: ({ options }) => options } : {})}
      comboboxProps={{ withinPortal: false }}
      value={text}
      maxLength={200}
      onChange={(value) => {
        setText(value)
        typed?.(value)
      }}
      onOptionSubmit={ask}
      onBlur={() => ask(text)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) ask(text)
      }}
    />
  )
}
