/**
 * A condition tried on a job that is made up: small forms for all that it reads, what comes out, and what decided.
 *
 * Must not: change the process; the answers are nobody's data.
 */
import { Badge, Group, Stack, Text } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Guard } from '../../../machines/definition/schema.ts'
import {
  type Answers,
  answerTo,
  type Question,
  questionsFor,
  type Site,
  type Trial,
} from '../../document/guard/trial.ts'
import { useSpeech } from '../../text/use-language.ts'
import { Choice, type Given, ValueAnswer } from './value-answer.tsx'

export function TryIt({
  guard,
  site,
  answers,
  trial,
  showsParts,
  change,
}: {
  guard: Guard
  site: Site
  answers: Answers
  trial: Trial | undefined
  /** Rows tell by themselves which of them decided. */
  showsParts: boolean
  change(answers: Answers): void
}): ReactElement {
  const { t } = useTranslation()
  const questions = useMemo(() => questionsFor(guard, site), [guard, site])
  return (
    <Stack gap={6} component="section" aria-label={t('condition.tryTitle')} className="condition-try">
      <Text size="xs" c="dimmed">
        {t('condition.tryHelp')}
      </Text>
      {questions.map((question) => (
        <Answer
          key={question.key}
          question={question}
          timeZone={site.calendars.timeZone}
          answer={answerTo(question, answers)}
          change={(answer) => change(new Map([...answers, [question.key, answer]]))}
        />
      ))}
      <Outcome trial={trial} showsParts={showsParts} />
    </Stack>
  )
}

function Outcome({ trial, showsParts }: { trial: Trial | undefined; showsParts: boolean }): ReactElement {
  const { t } = useTranslation()
  const is = trial?.verdict ?? 'error'
  const parts = (trial?.deciding ?? []).flatMap(({ part }) => (part === undefined ? [] : [part.expression]))
  return (
    <Stack gap={4} role="status" aria-live="polite">
      <Group gap="xs">
        <Badge className="condition-outcome" data-verdict={is} variant="outline" tt="none">
          {t(`condition.outcome.${is}`)}
        </Badge>
      </Group>
      <Text size="xs">{t(trial === undefined ? 'condition.unreadable' : `condition.means.${is}`)}</Text>
      {!showsParts || parts.length === 0 ? null : (
        <Text size="xs">
          {t('condition.because')}{' '}
          {[...new Set(parts)].map((part) => (
            <code key={part} className="cel-quoted">
              {part}
            </code>
          ))}
        </Text>
      )}
    </Stack>
  )
}

function Answer({ question, ...given }: Given & { question: Question }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const title = say(question.title)
  if (question.kind === 'value') return <ValueAnswer name={question.name} title={title} {...given} />
  const label = t(`condition.asked.${question.kind}`, { what: title })
  return <Choice label={label} samples={[true, false]} {...given} />
}
