/**
 * What a person did on jobs on a day, made from the histories; his own, or another's for those entitled.
 *
 * Promises: day and person stand in the address.
 */
import { ActionIcon, Anchor, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { WorkLog, WorkLogLine } from '../../machines/wire/reviews.ts'
import { DAY_MS } from '../life/range.ts'
import { usePeople } from '../session/people.ts'
import { useMe } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useToday } from './period-picker.tsx'
import { useWorkLog } from './review-api.ts'
import './reviews.css'

const beside = (day: string, by: number): string =>
  new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10)

export default function WorkLogPage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const me = useMe().data
  const today = useToday()
  const person = search.get('person') ?? undefined
  const day = search.get('day') ?? today
  const log = useWorkLog(search.get('day') ?? undefined, person)
  const put = (name: 'day' | 'person', value: string | null): void => {
    const next = new URLSearchParams(search)
    if (value === null || value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next, { replace: true })
  }
  const isOther = person !== undefined && person !== me?.id
  return (
    <Page title={isOther ? t('reviews.log.of', { name: log.data?.name ?? person }) : t('reviews.log.title')}>
      <Stack gap="md" className="review-page">
        <Group gap="sm" align="flex-end" className="review-unprinted">
          {day === undefined || today === undefined ? null : (
            <DayPicker day={day} today={today} choose={(next) => put('day', next === today ? null : next)} />
          )}
          {me?.rights.includes('reviews:read') === true ? (
            <PersonPicker person={person} choose={(next) => put('person', next)} />
          ) : null}
        </Group>
        {log.isError ? (
          <ProblemNotice error={log.error} retry={() => void log.refetch()} />
        ) : log.data === undefined ? (
          <Waiting />
        ) : log.data.lines.length === 0 ? (
          <Empty title={t('reviews.log.empty')} lead={t('reviews.log.emptyLead')} />
        ) : (
          <Log log={log.data} />
        )}
      </Stack>
    </Page>
  )
}

function DayPicker({
  day,
  today,
  choose,
}: {
  day: string
  today: string
  choose(day: string): void
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('reviews.log.before')}
        onClick={() => choose(beside(day, -1))}
      >
        <Icon name="back" />
      </ActionIcon>
      <TextInput
        type="date"
        w={160}
        aria-label={t('reviews.log.day')}
        value={day}
        max={today}
        onChange={({ currentTarget }) => {
          if (currentTarget.value !== '') choose(currentTarget.value)
        }}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('reviews.log.after')}
        disabled={day >= today}
        onClick={() => choose(beside(day, 1))}
      >
        <span className="review-forth">
          <Icon name="back" />
        </span>
      </ActionIcon>
    </Group>
  )
}

function PersonPicker({
  person,
  choose,
}: {
  person: string | undefined
  choose(person: string | null): void
}): ReactElement {
  const { t } = useTranslation()
  const people = usePeople()
  return (
    <Select
      aria-label={t('reviews.log.person')}
      placeholder={t('reviews.log.myself')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('reviews.log.myself') }}
      w={{ base: '100%', xs: 240 }}
      value={person ?? null}
      onChange={choose}
      data={[...people.values()].map(({ id, name }) => ({ value: id, label: name }))}
      limit={200}
    />
  )
}

function Log({ log }: { log: WorkLog }): ReactElement {
  const { t } = useTranslation()
  const { language, say, list } = useSpeech()
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' })
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('reviews.log.count', { count: log.lines.length })}
      </Text>
      <Table.ScrollContainer minWidth={340} className="fc-panel">
        <Table aria-label={t('reviews.log.title')} verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={80}>{t('reviews.log.time')}</Table.Th>
              <Table.Th>{t('reviews.log.what')}</Table.Th>
              <Table.Th>{t('reviews.log.job')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody style={{ verticalAlign: 'top' }}>
            {log.lines.map((line) => (
              <Table.Tr key={line.id}>
                <Table.Td style={{ fontVariantNumeric: 'tabular-nums' }}>
                  {clock.format(new Date(line.at))}
                </Table.Td>
                <Table.Td>
                  <Text size="sm" fw={600}>
                    <Done line={line} />
                  </Text>
                  {line.text === undefined && line.masked?.includes('text') !== true ? null : (
                    <Text size="sm" className="fc-wrap">
                      {line.text ?? t('job.hidden')}
                    </Text>
                  )}
                  {line.command !== 'event' || line.states.length === 0 ? null : (
                    <Text size="xs" c="dimmed">
                      {t('reviews.log.into', { states: list(line.states.map((state) => say(state))) })}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <Anchor component={Link} to={`/jobs/${encodeURIComponent(line.job)}`} size="sm">
                    {say(line.processTitle, line.process)}
                  </Anchor>
                  <Text size="xs" c="dimmed" className="fc-wrap">
                    {line.summary.join(' · ')}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}

const COMMANDS = [
  'start',
  'event',
  'tick',
  'untick',
  'attach',
  'note',
  'reportBreach',
  'complain',
  'rate',
  'correct',
  'moveTo',
  'suspend',
  'resume',
  'reassign',
  'cancel',
  'migrate',
] as const

function Done({ line: { command, what } }: { line: WorkLogLine }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const known = COMMANDS.find((each) => each === command) ?? 'other'
  const named = known === 'attach' && what !== undefined ? 'attachNamed' : known
  return <>{t(`reviews.log.command.${named}`, { what: say(what, command) })}</>
}
