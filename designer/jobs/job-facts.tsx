/** What is known of a job: fields, broken norms, notes, papers, linked jobs, the versions it ran on. */
import { Anchor, Badge, Box, Group, Stack, Switch, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Breach } from '../../machines/advance/job.ts'
import { NORM_BY_ID } from '../../machines/norms.ts'
import type { EntryView, JobDetail } from '../../machines/wire/jobs.ts'
import { useNameOf } from '../session/people.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import './job.css'
import { fieldName, fieldsOf, type JobWords, personalWord } from './job-words.ts'
import { EvidenceView } from './parts/evidence-view.tsx'
import { movedTo, noteOf } from './past.ts'
import { StatusBadge } from './status-badge.tsx'

function Quiet({ children }: { children: string }): ReactElement {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  )
}

export function Fields({
  values,
  words,
  changed = [],
  masked = [],
}: {
  values: Readonly<Record<string, unknown>>
  words: JobWords
  /** Names that stand out. */
  changed?: readonly string[]
  /** Names of those that hold something which is hidden from the reader. */
  masked?: readonly string[]
}): ReactElement {
  const { t } = useTranslation()
  const nameOf = useNameOf()
  const [unset, setUnset] = useState(false)
  const fields = fieldsOf(words)
  const has = (name: string): boolean => values[name] !== undefined && values[name] !== null
  const isHidden = (name: string): boolean => masked.includes(name) && !has(name)
  const names = [...new Set([...Object.keys(fields), ...Object.keys(values), ...masked])]
  const shown = names.filter((name) => unset || has(name) || isHidden(name))
  return (
    <Stack gap="sm">
      {shown.length === 0 ? <Quiet>{t('job.noFields')}</Quiet> : null}
      <dl className="fc-facts">
        {shown.map((name) => (
          <div key={name} {...(changed.includes(name) ? { 'data-changed': true } : {})}>
            <dt>
              {fieldName(name, words)}
              {fields[name]?.meta?.personal === true ? (
                <span title={t('job.personal')}>
                  <Icon name="user" size={12} />
                </span>
              ) : null}
            </dt>
            <dd data-unset={!has(name)}>
              {isHidden(name) ? t('job.hidden') : personalWord(values[name], fields[name], words, nameOf)}
            </dd>
          </div>
        ))}
      </dl>
      {names.some((name) => !has(name) && !isHidden(name)) ? (
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

export function Breaches({ breaches }: { breaches: readonly Breach[] }): ReactElement {
  const { t } = useTranslation()
  const { say, time } = useSpeech()
  const nameOf = useNameOf()
  if (breaches.length === 0) return <Quiet>{t('job.noBreaches')}</Quiet>
  return (
    <Stack gap="sm" component="ul" m={0} p={0}>
      {breaches.map((breach) => (
        <Group
          component="li"
          key={`${breach.norm} ${breach.at} ${breach.dueAt ?? ''} ${breach.reportedBy ?? ''}`}
          wrap="nowrap"
          gap="sm"
          align="flex-start"
        >
          <Badge color="red" variant="light" c="var(--mantine-color-error)" style={{ flex: 'none' }}>
            {breach.norm}
          </Badge>
          <div style={{ minWidth: 0 }}>
            <Text size="sm" className="fc-wrap">
              {say(breach.note, say(NORM_BY_ID.get(breach.norm), breach.norm))}
            </Text>
            <Text size="xs" c="dimmed">
              {[
                t(`severity.${breach.severity}`),
                time(breach.at),
                ...(breach.reportedBy === undefined ? [] : [nameOf(breach.reportedBy)]),
              ].join(' · ')}
            </Text>
          </div>
        </Group>
      ))}
    </Stack>
  )
}

export function Notes({ entries }: { entries: readonly EntryView[] }): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const notes = entries.filter((entry) => noteOf(entry) !== undefined).toReversed()
  if (notes.length === 0) return <Quiet>{t('jobPage.noNotes')}</Quiet>
  return (
    <Stack gap="sm" component="ul" m={0} p={0}>
      {notes.map((entry) => (
        <Box component="li" key={entry.seq} style={{ listStyle: 'none' }}>
          <Text size="sm" className="fc-wrap" style={{ whiteSpace: 'pre-wrap' }}>
            {noteOf(entry)}
          </Text>
          <Text size="xs" c="dimmed">
            {`${time(entry.at)} · ${entry.actor.name}`}
          </Text>
        </Box>
      ))}
    </Stack>
  )
}

export function Files({ job }: { job: JobDetail }): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const nameOf = useNameOf()
  if (job.evidence.length === 0) return <Quiet>{t('jobPage.noFiles')}</Quiet>
  return (
    <ul className="fc-shots">
      {told(job.evidence).map(({ key, each }) => {
        const title = each.title ?? t(`evidence.${each.evidence.kind}`)
        return (
          <li key={key}>
            <EvidenceView evidence={each.evidence} title={title} />
            <Text size="sm" className="fc-wrap">
              {title}
            </Text>
            <Text size="xs" c="dimmed">
              {`${time(each.at)} · ${nameOf(each.by)}`}
            </Text>
          </li>
        )
      })}
    </ul>
  )
}

type Piece = JobDetail['evidence'][number]
/** The same picture can be attached twice at one moment: each keeps its own place. */
function told(evidence: readonly Piece[]): { key: string; each: Piece }[] {
  const times = new Map<string, number>()
  return evidence.map((each) => {
    const what = `${each.at} ${each.evidence.file ?? each.evidence.text ?? ''}`
    const time = (times.get(what) ?? 0) + 1
    times.set(what, time)
    return { key: `${what} ${time}`, each }
  })
}

export function Links({ job, titleOf }: { job: JobDetail; titleOf(process: string): string }): ReactElement {
  const { t } = useTranslation()
  return (
    <Stack gap="xs">
      {job.links.map((link) => (
        <Group key={link.job} justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
          <div style={{ minWidth: 0 }}>
            <Anchor component={Link} to={`/jobs/${link.job}`} size="sm">
              {titleOf(link.process)}
            </Anchor>
            <Text size="xs" c="dimmed">
              {t(
                link.link === 'parent'
                  ? 'jobPage.parent'
                  : link.link === 'complaint'
                    ? 'jobPage.complaintLink'
                    : 'jobPage.child',
              )}
            </Text>
          </div>
          <StatusBadge status={link.status} />
        </Group>
      ))}
    </Stack>
  )
}

/** Said only of a job that was moved. */
export function Versions({
  entries,
  startedOn,
}: {
  entries: readonly EntryView[]
  startedOn: number | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const [first] = entries
  return (
    <Stack gap={4}>
      {first === undefined || startedOn === undefined ? null : (
        <Text size="sm">{t('jobPage.began', { version: startedOn, when: time(first.at) })}</Text>
      )}
      {entries.map((entry) => {
        const version = movedTo(entry)
        return version === undefined ? null : (
          <Text size="sm" key={entry.seq}>
            {t('jobPage.movedOn', { version, when: time(entry.at), who: entry.actor.name })}
          </Text>
        )
      })}
    </Stack>
  )
}
