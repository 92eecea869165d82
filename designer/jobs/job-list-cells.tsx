/**
 * The columns of the list: what each is called and what it shows of a job.
 *
 * Must not: know which are shown, or fetch.
 */
import { Anchor, Badge, Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { JobRow } from '../../machines/wire/jobs.ts'
import { SampleBadge } from '../first/sample-badge.tsx'
import { useSpeech } from '../text/use-language.ts'
import { DeadlineText } from './deadline-text.tsx'
import { type Column, fieldIn, isKnown, type Sort } from './job-list-query.ts'
import { fieldName, fieldsOf, type JobWords, stateInWords, valueInWords } from './job-words.ts'
import { StatusBadge } from './status-badge.tsx'

export type Shown = {
  words: JobWords
  now: number
  processTitle(id: string): string
  nameOf(person: string): string
}

/** Headings; `words` are those of a definition that may know a field. */
export function useColumnTitle(words: readonly JobWords[]): (column: Column) => string {
  const { t } = useTranslation()
  return (column) => {
    if (!isKnown(column)) {
      const field = fieldIn(column) ?? ''
      const knowing = words.find((each) => Object.hasOwn(fieldsOf(each), field))
      return knowing === undefined ? field : fieldName(field, knowing)
    }
    switch (column) {
      case 'due':
        return t('jobs.deadline')
      case 'customer':
      case 'region':
      case 'version':
        return t(`desk.${column}`)
      default:
        return t(`jobs.${column}`)
    }
  }
}

/** The orders that a heading changes between. */
export const SORTED_BY: Partial<Record<Column, readonly Sort[]>> = {
  due: ['dueAt'],
  created: ['-createdAt', 'createdAt'],
  updated: ['-updatedAt', 'updatedAt'],
}

export const labelOf = (job: JobRow, { processTitle }: Pick<Shown, 'processTitle'>): string => {
  const { customerName } = job.fields
  const who = typeof customerName === 'string' && customerName !== '' ? customerName : job.id
  return `${processTitle(job.process)} ${who}`
}

const SUMMARY = 3

/** The fields that say what a job is about, in words. */
export function summaryOf(job: JobRow, words: JobWords): { name: string; text: string }[] {
  const fields = fieldsOf(words)
  const assignee = words.definition?.meta.assignee
  return (words.definition?.meta.summary ?? [])
    .filter((name) => name !== assignee && job.fields[name] !== undefined && job.fields[name] !== null)
    .slice(0, SUMMARY)
    .map((name) => ({ name, text: valueInWords(job.fields[name], fields[name], words) }))
}

/** Who works it, by id. */
export function assigneeOf(job: JobRow, words: JobWords): string {
  const name = words.definition?.meta.assignee
  const value = name === undefined ? undefined : job.fields[name]
  return typeof value === 'string' ? value : ''
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export function Cell({
  column,
  job,
  shown,
}: {
  column: Column
  job: JobRow
  shown: Shown
}): ReactElement | null {
  const { t } = useTranslation()
  const { time, relative } = useSpeech()
  const { words, now, nameOf } = shown
  if (!isKnown(column)) return <FieldCell field={fieldIn(column) ?? ''} job={job} shown={shown} />
  switch (column) {
    case 'job':
      return (
        <>
          <Anchor component={Link} to={`/jobs/${job.id}`} size="sm" fw={600} data-job={job.id}>
            {shown.processTitle(job.process)}
          </Anchor>
          <Text size="xs" c="dimmed" ff="monospace" maw={150} truncate title={job.id}>
            {job.id}
          </Text>
        </>
      )
    case 'state':
      return (
        <>
          {job.active.map((path) => (
            <Text size="sm" key={path} title={path}>
              {stateInWords(path, words)}
            </Text>
          ))}
        </>
      )
    case 'status':
      return (
        <Group gap={4} wrap="nowrap">
          <StatusBadge status={job.status} />
          <SampleBadge id={job.id} />
          {job.suspended === undefined ? null : (
            <Badge color="yellow" variant="light" c="var(--mantine-color-text)" miw="max-content">
              {t('desk.suspended')}
            </Badge>
          )}
        </Group>
      )
    case 'due':
      return job.dueAt === undefined ? null : (
        <DeadlineText dueAt={job.dueAt} overdue={job.overdue} now={now} />
      )
    case 'about':
      return (
        <>
          {summaryOf(job, words).map(({ name, text: said }) => (
            <Text
              size="sm"
              key={name}
              maw={340}
              truncate
              title={`${fieldName(name, words)}${t('common.colon')}${said}`}
            >
              {said}
            </Text>
          ))}
        </>
      )
    case 'customer':
      return isHidden(job, 'customerName') ? <Hidden /> : <Plain text={text(job.fields.customerName)} />
    case 'assignee':
      return <Plain text={nameOf(assigneeOf(job, words))} />
    case 'region':
      return <Plain text={text(job.fields[words.definition?.meta.region ?? 'region'])} />
    case 'version':
      return <Plain text={t('jobs.version', { version: job.version })} />
    case 'created':
      return <Plain text={time(job.createdAt)} />
    case 'updated':
      return (
        <Text size="sm" title={time(job.updatedAt)}>
          {relative(job.updatedAt, Math.max(now, Date.parse(job.updatedAt)))}
        </Text>
      )
  }
}

export const isHidden = ({ masked = [] }: Pick<JobRow, 'masked'>, field: string): boolean =>
  masked.includes(field)

function Hidden(): ReactElement {
  const { t } = useTranslation()
  return (
    <Text size="sm" c="dimmed">
      {t('job.hidden')}
    </Text>
  )
}

const Plain = ({ text: said }: { text: string }): ReactElement => (
  <Text size="sm" maw={240} truncate title={said}>
    {said}
  </Text>
)

function FieldCell({ field, job, shown }: { field: string; job: JobRow; shown: Shown }): ReactElement | null {
  const value = job.fields[field]
  const known = fieldsOf(shown.words)[field]
  if (isHidden(job, field)) return <Hidden />
  if (value === undefined || value === null) return null
  const said = valueInWords(value, known, shown.words)
  return <Plain text={known?.format === 'person' ? shown.nameOf(said) : said} />
}

/** Do not break within what is short. */
export const isShort = (column: Column): boolean =>
  column === 'due' || column === 'updated' || column === 'created' || column === 'version'
