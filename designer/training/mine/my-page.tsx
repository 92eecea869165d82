/**
 * `/training`, for everyone: what is assigned to me, what I may practise, how my attempts went.
 *
 * Promises: what is due comes first; an attempt under way is gone on with, not begun anew.
 */
import { Badge, Box, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AttemptSummary, MyTraining, ScenarioSummary } from '../../../machines/wire/training.ts'
import { useNow } from '../../session/now.ts'
import { useMe } from '../../session/queries.ts'
import { Empty, ProblemNotice, Waiting } from '../../shell/notices.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { LevelBadge, ModeBadge, StateBadge } from '../desk/badges.tsx'
import { found, ordered } from '../desk/find.ts'
import { ScenarioFilter, useAddressSearch, useProcessTitle } from '../desk/scenario-filter.tsx'
import { useTagName } from '../desk/tag-name.ts'
import { useMine, useScenarios } from '../desk/training-api.ts'
import { TrainingPage } from '../desk/training-page.tsx'
import { JoinSession } from './join-session.tsx'
import { MyAttempts } from './my-attempts.tsx'
import { StartButton } from './start-attempt.tsx'

export default function MyTrainingPage(): ReactElement {
  const { t } = useTranslation()
  const mine = useMine()
  const mayAttempt = useMe().data?.rights.includes('training:attempt') === true
  return (
    <TrainingPage title={t('trainer.mine.title')}>
      <Stack gap="xl" maw={1200}>
        {mine.isError ? (
          <ProblemNotice error={mine.error} retry={() => void mine.refetch()} />
        ) : mine.data === undefined ? (
          <Waiting />
        ) : (
          <Part title={t('trainer.mine.assigned')} beside={mayAttempt ? <JoinSession /> : null}>
            <Assigned mine={mine.data} />
          </Part>
        )}
        <Part title={t('trainer.mine.practiseTitle')}>
          <ToPractise mayAttempt={mayAttempt} open={mine.data?.attempts ?? []} />
        </Part>
        {mine.data === undefined ? null : (
          <Part title={t('trainer.mine.attempts')}>
            <MyAttempts attempts={mine.data.attempts} />
          </Part>
        )}
      </Stack>
    </TrainingPage>
  )
}

function Part({
  title,
  beside,
  children,
}: {
  title: string
  beside?: ReactNode
  children: ReactNode
}): ReactElement {
  return (
    <Stack component="section" gap="sm">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {beside}
      </Group>
      {children}
    </Stack>
  )
}

type Assignment = MyTraining['assignments'][number]
const isDone = ({ status }: Assignment): boolean => status === 'passed'

/** What is left to do by its due time, then what is done. */
function Assigned({ mine }: { mine: MyTraining }): ReactElement {
  const { t } = useTranslation()
  const sorted = mine.assignments.toSorted(
    (a, b) => Number(isDone(a)) - Number(isDone(b)) || a.dueAt.localeCompare(b.dueAt),
  )
  if (sorted.length === 0)
    return <Empty title={t('trainer.mine.noneAssigned')} lead={t('trainer.mine.noneAssignedLead')} />
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
      {sorted.map((one) => (
        <AssignmentCard
          key={one.id}
          one={one}
          open={mine.attempts.find(({ assignment, status }) => assignment === one.id && status === 'open')}
        />
      ))}
    </SimpleGrid>
  )
}

function AssignmentCard({ one, open }: { one: Assignment; open: AttemptSummary | undefined }): ReactElement {
  const { t } = useTranslation()
  const { say, time, relative, number } = useSpeech()
  const titleOf = useProcessTitle()
  const now = useNow()
  const title = say(one.title, one.scenario)
  const isOver = Date.parse(one.dueAt) < now && !isDone(one)
  return (
    <Stack className="fc-panel" p="md" gap="xs" data-assignment={one.id}>
      <Group gap={6}>
        <ModeBadge mode={one.mode} />
        <StateBadge state={one.status} />
        {one.points === undefined ? null : (
          <Text size="sm" fw={600}>
            {t('trainer.points', { points: number(one.points) })}
          </Text>
        )}
      </Group>
      <div>
        <Text fw={600} className="fc-wrap">
          {title}
        </Text>
        <Text size="sm" c="dimmed">
          {titleOf(one.process)}
        </Text>
      </div>
      {one.note === undefined ? null : (
        <Text size="sm" className="fc-wrap" style={{ whiteSpace: 'pre-wrap' }}>
          {one.note}
        </Text>
      )}
      <Group justify="space-between" mt="auto" gap="sm">
        <Text size="sm" {...(isOver ? { c: 'var(--mantine-color-error)', fw: 600 } : { c: 'dimmed' })}>
          {t(isOver ? 'trainer.mine.overdue' : 'trainer.mine.due', {
            time: time(one.dueAt),
            relative: relative(one.dueAt, now),
          })}
        </Text>
        {open !== undefined ? (
          <Button size="sm" component={Link} to={`/training/attempts/${encodeURIComponent(open.id)}`}>
            {t('trainer.mine.goOn')}
          </Button>
        ) : isDone(one) ? null : (
          <StartButton
            body={{ scenario: one.scenario, mode: one.mode, assignment: one.id }}
            title={title}
            label={t('trainer.mine.start')}
          />
        )}
      </Group>
    </Stack>
  )
}

/** So many are shown at first: a library of hundreds is searched, not scrolled. */
const FIRST = 6

function ToPractise({
  mayAttempt,
  open,
}: {
  mayAttempt: boolean
  open: readonly AttemptSummary[]
}): ReactElement {
  const { t } = useTranslation()
  const { say, language } = useSpeech()
  const scenarios = useScenarios()
  const use = useAddressSearch()
  const [all, setAll] = useState(false)
  if (scenarios.isError)
    return <ProblemNotice error={scenarios.error} retry={() => void scenarios.refetch()} />
  if (scenarios.data === undefined) return <Waiting />
  const ready = scenarios.data.filter(({ errors }) => errors === 0)
  if (ready.length === 0) return <Empty title={t('trainer.mine.noScenarios')} />
  const shown = ordered(found(ready, use.search), 'process', ({ id, title }) => say(title, id), language)
  return (
    <>
      <ScenarioFilter scenarios={ready} use={use} />
      <Text size="sm" c="dimmed" role="status">
        {t('trainer.find.count', { count: shown.length })}
      </Text>
      {shown.length === 0 ? (
        <Empty title={t('trainer.find.none')}>
          <Button variant="default" mt="sm" onClick={use.clear}>
            {t('trainer.find.clear')}
          </Button>
        </Empty>
      ) : null}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
        {(all ? shown : shown.slice(0, FIRST)).map((one) => (
          <ScenarioCard
            key={one.id}
            one={one}
            mayAttempt={mayAttempt}
            open={open.find(
              ({ scenario, mode, status }) => scenario === one.id && mode === 'practice' && status === 'open',
            )}
          />
        ))}
      </SimpleGrid>
      {all || shown.length <= FIRST ? null : (
        <Group>
          <Button variant="default" onClick={() => setAll(true)}>
            {t('trainer.find.all', { count: shown.length })}
          </Button>
        </Group>
      )}
    </>
  )
}

function ScenarioCard({
  one,
  mayAttempt,
  open,
}: {
  one: ScenarioSummary
  mayAttempt: boolean
  open: AttemptSummary | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const titleOf = useProcessTitle()
  const tagName = useTagName()
  const title = say(one.title, one.id)
  return (
    <Stack className="fc-panel" p="md" gap="xs" data-scenario={one.id}>
      <Group gap={6}>
        <LevelBadge level={one.difficulty} />
        {one.grants === undefined ? null : (
          <Badge size="sm" variant="light" color="yellow" c="var(--mantine-color-text)">
            {t('trainer.mine.grants')}
          </Badge>
        )}
      </Group>
      <div>
        <Text fw={600} className="fc-wrap">
          {title}
        </Text>
        <Text size="sm" c="dimmed">
          {titleOf(one.process)}
        </Text>
      </div>
      {one.tags.length === 0 ? null : (
        <Text size="xs" c="dimmed" className="fc-wrap">
          {one.tags.map((tag) => `#${tagName(tag)}`).join(' ')}
        </Text>
      )}
      {mayAttempt ? (
        <Group mt="auto" gap="xs">
          {open === undefined ? (
            <StartButton
              body={{ scenario: one.id, mode: 'practice' }}
              title={title}
              label={t('trainer.mine.practise')}
              variant="light"
            />
          ) : (
            <Button
              size="sm"
              variant="light"
              component={Link}
              to={`/training/attempts/${encodeURIComponent(open.id)}`}
            >
              {t('trainer.mine.goOn')}
            </Button>
          )}
          <StartButton
            body={{ scenario: one.id, mode: 'examination' }}
            title={title}
            label={t('trainer.mine.exam.take')}
            variant="default"
          />
        </Group>
      ) : (
        <Box mt="auto" />
      )}
    </Stack>
  )
}
