/**
 * The narrow part of a job's page: what can be done now, what is due, what went wrong, what was added.
 *
 * Promises: while the past is looked at, what is being typed stays as it is, out of sight.
 */
import { Box, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import { inLanguage } from '../text/language.ts'
import { useSpeech } from '../text/use-language.ts'
import { JobChecklist } from './job-checklist.tsx'
import { JobDeadlines } from './job-deadlines.tsx'
import { JobEvents } from './job-events.tsx'
import { Breaches, Files, Links, Notes, Versions } from './job-facts.tsx'
import { JobHands, useHands } from './job-hands.tsx'
import { Panel } from './job-main.tsx'
import { JobSays } from './job-says.tsx'
import { itemTitle, type JobWords } from './job-words.ts'
import { type Moment, movedTo } from './past.ts'
import type { WholeHistory } from './use-history.ts'

export function JobSide({
  job,
  history,
  moment,
  words,
  momentWords,
  titleOf,
}: {
  job: JobDetail
  history: WholeHistory | undefined
  moment: Moment | undefined
  words: JobWords
  momentWords: JobWords
  titleOf(process: string): string
}): ReactElement {
  const { t } = useTranslation()
  const hands = useHands(job)
  const entries = history?.entries ?? []
  const isMoved = entries.some((entry) => movedTo(entry) !== undefined)
  return (
    <>
      {moment === undefined ? null : <Then moment={moment} words={momentWords} />}
      <Box display={moment === undefined ? 'block' : 'none'}>
        <Stack gap="md">
          <Panel title={t('job.events')}>
            <JobEvents job={job} words={words} entries={history?.entries} />
          </Panel>
          <Panel title={t('job.checklist')}>
            <JobChecklist job={job} words={words} />
          </Panel>
          <Panel title={t('job.deadlines')}>
            <JobDeadlines job={job} />
          </Panel>
          <Panel title={t('job.breaches')}>
            <Breaches breaches={job.breaches} />
          </Panel>
          {job.links.length === 0 ? null : (
            <Panel title={t('job.links')}>
              <Links job={job} titleOf={titleOf} />
            </Panel>
          )}
          <Panel title={t('jobPage.say.title')}>
            <JobSays job={job} words={words} />
          </Panel>
          {history === undefined ? null : (
            <Panel title={t('jobPage.notes')}>
              <Notes entries={entries} />
            </Panel>
          )}
          {job.evidence.length === 0 ? null : (
            <Panel title={t('jobPage.files')}>
              <Files job={job} />
            </Panel>
          )}
          {job.rating === undefined ? null : (
            <Panel title={t('job.rating')}>
              <Text size="sm" className="fc-wrap">
                {[t('job.stars', { score: job.rating.score }), job.rating.comment]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </Panel>
          )}
          {hands.length === 0 ? null : (
            <Panel title={t('hand.title')}>
              <JobHands job={job} words={words} kinds={hands} />
            </Panel>
          )}
          {isMoved ? (
            <Panel title={t('jobPage.versions')}>
              <Versions entries={entries} startedOn={history?.startedOn} />
            </Panel>
          ) : null}
        </Stack>
      </Box>
    </>
  )
}

/** How it stood at a moment of the past. */
function Then({ moment, words }: { moment: Moment; words: JobWords }): ReactElement {
  const { t } = useTranslation()
  const { time, language } = useSpeech()
  const { definition } = words
  const delayTitle = (delay: string): string =>
    inLanguage(definition?.delays?.[delay]?.meta?.title, language, delay)
  return (
    <Stack gap="md">
      <Panel title={t('job.deadlines')}>
        {moment.running.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('job.noDeadlines')}
          </Text>
        ) : (
          <Stack gap="xs">
            {moment.running.map((timer) => (
              <Group key={timer.token} justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
                <Text size="sm" className="fc-wrap">
                  {delayTitle(timer.delay)}
                </Text>
                <Text size="sm" c="dimmed" style={{ flex: 'none' }}>
                  {t('jobPage.due', { when: time(timer.dueAt) })}
                </Text>
              </Group>
            ))}
          </Stack>
        )}
      </Panel>
      <Panel title={t('job.checklist')}>
        {moment.done.size === 0 ? (
          <Text size="sm" c="dimmed">
            {t('jobPage.nothingDone')}
          </Text>
        ) : (
          <Stack gap={4}>
            {[...moment.done].map((item) => (
              <Text size="sm" key={item} className="fc-wrap">
                {itemTitle(item, words)}
              </Text>
            ))}
          </Stack>
        )}
      </Panel>
      <Panel title={t('job.breaches')}>
        <Breaches breaches={moment.breaches} />
      </Panel>
    </Stack>
  )
}
