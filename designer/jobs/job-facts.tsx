/** What is known of a job: fields, deadlines, checklist, broken norms, linked jobs. */
import { Anchor, Badge, Group, Stack, Switch, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import { useNow } from '../session/now.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { DeadlineText } from './deadline-text.tsx'
import { fieldName, fieldsOf, type JobWords, stateInWords, valueInWords } from './job-words.ts'
import { StatusBadge } from './status-badge.tsx'

type FactsProps = { job: JobDetail; words: JobWords }

function Quiet({ children }: { children: string }): ReactElement {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  )
}

export function Fields({ job, words }: FactsProps): ReactElement {
  const { t } = useTranslation()
  const [unset, setUnset] = useState(false)
  const fields = fieldsOf(words)
  const has = (name: string): boolean => job.fields[name] !== undefined && job.fields[name] !== null
  const names = [...new Set([...Object.keys(fields), ...Object.keys(job.fields)])]
  const shown = names.filter((name) => unset || has(name))
  return (
    <Stack gap="sm">
      {shown.length === 0 ? <Quiet>{t('job.noFields')}</Quiet> : null}
      <dl className="fc-facts">
        {shown.map((name) => (
          <div key={name}>
            <dt>
              {fieldName(name, words)}
              {fields[name]?.meta?.personal === true ? (
                <span title={t('job.personal')}>
                  <Icon name="user" size={12} />
                </span>
              ) : null}
            </dt>
            <dd data-unset={!has(name)}>{valueInWords(job.fields[name], fields[name], words)}</dd>
          </div>
        ))}
      </dl>
      {names.some((name) => !has(name)) ? (
        <Switch
          size="xs"
          label={t('job.showUnset')}
          checked={unset}
          onChange={(event) => setUnset(event.currentTarget.checked)}
        />
      ) : null}
    </Stack>
  )
}

export function Deadlines({ job }: { job: JobDetail }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const now = useNow()
  if (job.deadlines.length === 0) return <Quiet>{t('job.noDeadlines')}</Quiet>
  const sorted = job.deadlines.toSorted((one, other) => one.dueAt.localeCompare(other.dueAt))
  return (
    <Stack gap="xs">
      {sorted.map((deadline) => (
        <Group key={`${deadline.delay} ${deadline.dueAt}`} justify="space-between" wrap="nowrap" gap="sm">
          <div>
            <Text size="sm" fw={500}>
              {say(deadline.title, deadline.delay)}
            </Text>
            <Text size="xs" c="dimmed">
              {[t(`deadlineKind.${deadline.kind}`), ...deadline.norms].join(' · ')}
            </Text>
          </div>
          <div style={{ textAlign: 'end', flex: 'none' }}>
            <DeadlineText
              dueAt={deadline.dueAt}
              overdue={deadline.fired && deadline.kind === 'deadline'}
              now={now}
            />
          </div>
        </Group>
      ))}
    </Stack>
  )
}

export function Checklist({ job, words }: FactsProps): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  if (job.items.length === 0) return <Quiet>{t('job.noChecklist')}</Quiet>
  return (
    <Stack component="ul" gap="xs" m={0} p={0}>
      {job.items.map((item) => (
        <Group component="li" key={item.id} wrap="nowrap" align="flex-start" gap="sm">
          <span
            className="fc-tick"
            data-done={item.done}
            role="img"
            aria-label={t(item.done ? 'job.itemDone' : 'job.itemOpen')}
          >
            {item.done ? <Icon name="check" size={13} /> : null}
          </span>
          <div>
            <Text size="sm">{say(item.title, item.id)}</Text>
            <Text size="xs" c="dimmed">
              {[
                t(item.required ? 'job.required' : 'job.optional'),
                stateInWords(item.state, words),
                ...(isEvidence(item.evidence) && item.evidence !== 'none'
                  ? [t('job.evidence', { kind: t(`evidence.${item.evidence}`) })]
                  : []),
                ...item.norms,
              ].join(' · ')}
            </Text>
          </div>
        </Group>
      ))}
    </Stack>
  )
}
const EVIDENCE = ['none', 'text', 'number', 'photo', 'signature', 'serial'] as const
const isEvidence = (kind: string): kind is (typeof EVIDENCE)[number] => EVIDENCE.some((each) => each === kind)

export function Breaches({ job }: { job: JobDetail }): ReactElement {
  const { t } = useTranslation()
  const { say, time } = useSpeech()
  if (job.breaches.length === 0) return <Quiet>{t('job.noBreaches')}</Quiet>
  return (
    <Stack gap="xs">
      {job.breaches.map((breach) => (
        <Group
          key={`${breach.norm} ${breach.at} ${breach.dueAt ?? ''} ${breach.reportedBy ?? ''}`}
          justify="space-between"
          wrap="nowrap"
          gap="sm"
        >
          <Group gap={6}>
            <Badge color="red" variant="light" c="var(--mantine-color-error)">
              {breach.norm}
            </Badge>
            <Text size="sm">
              {[t(`severity.${breach.severity}`), say(breach.note)].filter(Boolean).join(' · ')}
            </Text>
          </Group>
          <Text size="xs" c="dimmed">
            {time(breach.at)}
          </Text>
        </Group>
      ))}
    </Stack>
  )
}

export function Links({ job, titleOf }: { job: JobDetail; titleOf(process: string): string }): ReactElement {
  return (
    <Stack gap="xs">
      {job.links.map((link) => (
        <Group key={link.job} justify="space-between" wrap="nowrap" gap="sm">
          <Anchor component={Link} to={`/jobs/${link.job}`} size="sm">
            {titleOf(link.process)}
          </Anchor>
          <StatusBadge status={link.status} />
        </Group>
      ))}
    </Stack>
  )
}
