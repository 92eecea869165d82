/**
 * Entries by day, each as a sentence; what else is known of one, when it is asked for.
 *
 * Promises: what was not done does not look as if it was.
 */
import { Badge, Button, Text, Title } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditChange } from '../../machines/wire/audit.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { AuditDetail } from './audit-detail.tsx'
import type { Filter } from './audit-queries.ts'
import { type AuditWords, useAuditWords } from './audit-words.ts'

type Put = (name: Filter, value: string | null) => void

export function AuditList({ changes, put }: { changes: readonly AuditChange[]; put: Put }): ReactElement {
  const { t } = useTranslation()
  const { language } = useSpeech()
  const words = useAuditWords()
  const heading = new Intl.DateTimeFormat(language, { dateStyle: 'full' })
  const days = Map.groupBy(changes, ({ at }) => heading.format(new Date(at)))
  return (
    <section aria-label={t('audit.list')}>
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={t('audit.day', { day })}>
          <Title order={2} size="h5" mt="sm" mb={6}>
            {day}
          </Title>
          <ol className="fc-panel fc-audit-list">
            {ofDay.map((change) => (
              <Entry key={change.n} change={change} words={words} put={put} />
            ))}
          </ol>
        </section>
      ))}
    </section>
  )
}

type EntryProps = { change: AuditChange; words: AuditWords; put: Put }

function Entry({ change, words, put }: EntryProps): ReactElement {
  const { t } = useTranslation()
  const { language } = useSpeech()
  const [isOpen, setOpen] = useState(false)
  const { n, at, reason, outcome, detail } = change
  const [first = '', ...more] = words.sentences(change)
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(new Date(at))
  const detailId = `audit-${n}`
  return (
    <li className="fc-audit-entry" data-outcome={outcome}>
      <Text component="time" dateTime={at} size="sm" c="dimmed" className="fc-audit-time">
        {clock}
      </Text>
      <div className="fc-audit-said">
        <Text fw={500} className="fc-wrap">
          {first}
        </Text>
        {more.map((sentence) => (
          <Text key={sentence} size="sm" className="fc-wrap">
            {sentence}
          </Text>
        ))}
        {detail?.via === 'sample' ? (
          <Text size="sm" c="dimmed">
            {t('audit.forSample')}
          </Text>
        ) : null}
        {reason === undefined ? null : (
          <Text size="sm" c="dimmed" className="fc-wrap">
            {`${t('audit.reason')}${t('common.colon')}${reason}`}
          </Text>
        )}
      </div>
      <Outcome outcome={outcome} />
      <Button
        className="fc-audit-more"
        variant="subtle"
        color="gray"
        c="var(--mantine-color-text)"
        size="compact-sm"
        aria-expanded={isOpen}
        aria-controls={isOpen ? detailId : undefined}
        aria-label={t('audit.detailsOf', { n })}
        rightSection={<Icon name="unfold" size={14} />}
        onClick={() => setOpen(!isOpen)}
      >
        {t('audit.details')}
      </Button>
      {isOpen ? (
        <div id={detailId} className="fc-audit-detail">
          <AuditDetail change={change} words={words} put={put} />
        </div>
      ) : null}
    </li>
  )
}

/** That something was done is the rule, and needs no colour. */
const COLOURS = { done: 'gray', failed: 'red', 'under-way': 'cyan', 'cut-off': 'orange' } as const

function Outcome({ outcome }: Pick<AuditChange, 'outcome'>): ReactElement {
  const { t } = useTranslation()
  return (
    <Badge
      className="fc-audit-outcome"
      variant="light"
      color={COLOURS[outcome]}
      c="var(--mantine-color-text)"
      tt="none"
      leftSection={<Icon name={outcome === 'done' ? 'check' : 'alert'} size={12} />}
    >
      {t(`audit.outcome.${outcome}`)}
    </Badge>
  )
}
