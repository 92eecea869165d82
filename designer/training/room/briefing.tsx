/** What a trainee reads before he begins: where he is, who is there, how long he has. */
import { Badge, Box, Button, Group, List, Stack, Text, Title } from '@mantine/core'
import { type ReactElement, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Member, Scenario } from '../../../machines/simulate/scenario.ts'
import type { Mode } from '../../../machines/simulate/sim.ts'
import { lengthOf } from '../../../machines/simulate/standing.ts'
import { isRole } from '../../jobs/statuses.ts'
import { stretchInWords } from '../../text/format.ts'
import { useSpeech } from '../../text/use-language.ts'
import { Face } from './face.tsx'
import { runClock } from './room-scene.tsx'
import './room.css'

export function Briefing({
  scenario,
  mode,
  process,
  timeZone,
  begins,
  start,
}: {
  scenario: Scenario
  mode: Mode
  /** The title of the process. */
  process: string
  /** In which the run's clock is read. */
  timeZone: string
  /** When the trainee comes in: what was done before him has taken its time. */
  begins: number
  /** Without: it is only read again. */
  start?: () => void
}): ReactElement {
  const { t } = useTranslation()
  const { say, language } = useSpeech()
  const { timeLimit, cast, start: beginning, title, briefing } = scenario
  const members = Object.entries(cast)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus({ preventScroll: true }), [])
  return (
    <Box maw={760} mx="auto" p="md">
      <Stack gap="lg" className="fc-panel" p={{ base: 'md', sm: 'xl' }}>
        <div>
          <Group gap="sm" mb={4}>
            <Badge
              variant="light"
              color={mode === 'examination' ? 'orange' : 'cyan'}
              c="var(--mantine-color-text)"
              tt="none"
            >
              {t(`training.mode.${mode}`)}
            </Badge>
            <Text size="sm" c="dimmed">
              {process}
            </Text>
          </Group>
          <Title order={1} size="h2" className="fc-wrap">
            {say(title)}
          </Title>
        </div>
        <Text className="fc-wrap" style={{ whiteSpace: 'pre-line' }}>
          {say(briefing)}
        </Text>
        <dl className="fc-facts">
          <div>
            <dt>{t('training.brief.you')}</dt>
            <dd>
              <Who member={beginning.trainee} />
            </dd>
          </div>
          <div>
            <dt>{t('training.brief.clock')}</dt>
            <dd>{runClock(timeZone, language).moment(begins)}</dd>
          </div>
          <div>
            <dt>{t('training.brief.limit')}</dt>
            <dd>
              {timeLimit === undefined
                ? t('training.brief.noLimit')
                : stretchInWords(lengthOf(timeLimit), language)}
            </dd>
          </div>
        </dl>
        {members.length === 0 ? null : (
          <div>
            <Title order={2} size="h5" mb={8}>
              {t('training.brief.cast')}
            </Title>
            <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
              {members.map(([key, member]) => (
                <li key={key}>
                  <Group gap="sm">
                    <Who member={member} />
                    {member.temper === undefined ? null : <Face temper={member.temper} />}
                  </Group>
                  {member.about === undefined ? null : (
                    <Text size="sm" c="dimmed" className="fc-wrap">
                      {say(member.about)}
                    </Text>
                  )}
                </li>
              ))}
            </Stack>
          </div>
        )}
        <div>
          <Title order={2} size="h5" mb={8}>
            {t('training.brief.rules')}
          </Title>
          <List size="sm" spacing={4}>
            {(['one', 'two', 'three'] as const).map((rule) => (
              <List.Item key={rule} className="fc-wrap">
                {mode === 'examination'
                  ? t(`training.brief.rule.examination.${rule}`)
                  : t(`training.brief.rule.practice.${rule}`)}
              </List.Item>
            ))}
          </List>
        </div>
        {start === undefined ? null : (
          <Button size="lg" onClick={start} ref={button}>
            {t(mode === 'examination' ? 'training.brief.startExamination' : 'training.brief.start')}
          </Button>
        )}
      </Stack>
    </Box>
  )
}

function Who({ member }: { member: Member }): ReactElement {
  const { t } = useTranslation()
  const { say, list } = useSpeech()
  const roles = member.roles.filter(isRole).map((role) => t(`roles.${role}`))
  return (
    <Text component="span" size="sm" className="fc-wrap">
      <strong>{say(member.name)}</strong>
      {roles.length === 0 ? '' : ` \u00b7 ${list(roles)}`}
    </Text>
  )
}
