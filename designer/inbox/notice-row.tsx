/** One message: its kind by sign, word and colour; what it says; the job; when; and whether it was read. */
import { ActionIcon, Anchor, Group, Text, Tooltip, VisuallyHidden } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ROLES } from '../../machines/definition/schema.ts'
import { NORM_BY_ID } from '../../machines/norms.ts'
import type { NoticeView } from '../../machines/wire/inbox.ts'
import { fieldsOf, type JobWords, valueInWords } from '../jobs/job-words.ts'
import { useNow } from '../session/now.ts'
import { useNameOf } from '../session/people.ts'
import { Icon } from '../shell/icons.tsx'
import { asLanguage } from '../text/language.ts'
import { useSpeech } from '../text/use-language.ts'

const SIGNS = { remind: 'clock', notify: 'letter', breach: 'warning' } as const

export function NoticeRow({
  notice,
  words,
  mark,
}: {
  notice: NoticeView
  words: JobWords
  mark(read: boolean): void
}): ReactElement {
  const { t } = useTranslation()
  const { relative, exactTime } = useSpeech()
  const { kind, read, at } = notice
  const now = useNow()
  const change = read ? t('inbox.markUnread') : t('inbox.markRead')
  return (
    <li className="fc-notice" data-kind={kind} data-read={read}>
      <span className="fc-notice-sign">
        <Icon name={SIGNS[kind]} size={20} />
      </span>
      <div className="fc-notice-text">
        <Group gap={8} align="baseline">
          <span className="fc-notice-kind">{t(`inbox.kind.${kind}`)}</span>
          {kind === 'breach' && notice.severity !== undefined ? (
            <Text size="xs" fw={600} component="span">
              {t(`severity.${notice.severity}`)}
            </Text>
          ) : null}
          <Text size="xs" c="dimmed" component="time" dateTime={at} title={exactTime(at)}>
            {relative(at, now)}
          </Text>
          {read ? null : <VisuallyHidden>{t('inbox.isUnread')}</VisuallyHidden>}
        </Group>
        <Said notice={notice} />
        <About notice={notice} words={words} open={() => (read ? undefined : mark(true))} />
        <Text size="xs" c="dimmed" className="fc-wrap">
          {t('inbox.to', { people: useRecipients(notice) })}
          {notice.astray === true ? ` · ${t('inbox.astray')}` : ''}
        </Text>
      </div>
      <Tooltip label={change}>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={change} onClick={() => mark(!read)}>
          <Icon name={read ? 'letter' : 'check'} />
        </ActionIcon>
      </Tooltip>
    </li>
  )
}

/** The message; for a breach the norm in its own words. */
function Said({ notice: { kind, message, norm } }: { notice: NoticeView }): ReactElement {
  const { t, i18n } = useTranslation()
  const { say } = useSpeech()
  const rule = norm === undefined ? undefined : NORM_BY_ID.get(norm)
  const ruleText = rule === undefined ? '' : asLanguage(i18n.language) === 'zh-CN' ? rule.zh : rule.en
  const naming =
    norm === undefined ? '' : kind === 'breach' ? t('inbox.broken', { norm }) : t('inbox.norm', { norm })
  return (
    <>
      <Text className="fc-notice-said fc-wrap">{message === undefined ? naming : say(message)}</Text>
      {norm === undefined ? null : (
        <Text size="sm" c="dimmed" className="fc-wrap">
          {[message === undefined ? '' : naming, ruleText]
            .filter((part) => part !== '')
            .join(t('common.colon'))}
        </Text>
      )}
    </>
  )
}

const SUMMARY = 3

const PAGES = { training: '/training', assignments: '/training/assignments' } as const
type AboutProps = { notice: NoticeView; words: JobWords; open(): void }

function About({ notice: { job, page }, words, open }: AboutProps): ReactElement | null {
  const { t } = useTranslation()
  if (job !== undefined) return <AboutJob job={job} words={words} open={open} />
  if (page === undefined) return null
  return (
    <Anchor component={Link} to={PAGES[page]} size="sm" fw={600} onClick={open} className="fc-wrap">
      {t(`inbox.page.${page}`)}
    </Anchor>
  )
}

function AboutJob({
  job,
  words,
  open,
}: Omit<AboutProps, 'notice'> & { job: NonNullable<NoticeView['job']> }): ReactElement {
  const { say, list } = useSpeech()
  const fields = fieldsOf(words)
  const facts = Object.entries(job.summary ?? {})
    .filter(([, value]) => value !== null && value !== '')
    .slice(0, SUMMARY)
    .map(([name, value]) => valueInWords(value, fields[name], words))
  return (
    <Group gap={8} align="baseline">
      <Anchor component={Link} to={`/jobs/${job.id}`} size="sm" fw={600} onClick={open} className="fc-wrap">
        {say(words.definition?.meta.title, job.process)}
      </Anchor>
      <Text size="sm" component="span" className="fc-wrap">
        {facts.length === 0 ? job.id : list(facts)}
      </Text>
    </Group>
  )
}

/** Whom it was meant for, in words. */
function useRecipients({ to }: NoticeView): string {
  const { t } = useTranslation()
  const { list } = useSpeech()
  const nameOf = useNameOf()
  return list(
    to.map((each) => {
      if ('assignee' in each) return t('inbox.assignee')
      if ('person' in each) return nameOf(each.person)
      const role = ROLES.find((known) => known === each.role)
      return role === undefined ? each.role : t(`roles.${role}`)
    }),
  )
}
