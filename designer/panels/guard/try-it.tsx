/**
 * A condition tried on a job that is made up: small forms for all that it reads, what comes out, and what decided.
 *
 * Must not: change the process; the answers are nobody's data.
 */
import {
  Autocomplete,
  Badge,
  Group,
  NumberInput,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Guard } from '../../../machines/definition/schema.ts'
import { type Sampled, UNSET } from '../../../machines/expression/samples.ts'
import {
  type Answers,
  answerTo,
  type Question,
  questionsFor,
  type Site,
  type Trial,
} from '../../document/guard/trial.ts'
import { useSpeech } from '../../text/use-language.ts'
import { asInput, fromInput } from '../moments.ts'

export function TryIt({
  guard,
  site,
  answers,
  trial,
  change,
}: {
  guard: Guard
  site: Site
  answers: Answers
  trial: Trial | undefined
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
      <Outcome trial={trial} />
    </Stack>
  )
}

function Outcome({ trial }: { trial: Trial | undefined }): ReactElement {
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
      {parts.length === 0 ? null : (
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

type Given = { answer: unknown; timeZone: string; change(answer: unknown): void }

function Answer({ question, ...given }: Given & { question: Question }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const title = say(question.title)
  if (question.kind === 'value') return <ValueAnswer name={question.name} title={title} {...given} />
  const label = t(`condition.asked.${question.kind}`, { what: title })
  return <Choice label={label} samples={[true, false]} {...given} />
}

function ValueAnswer({
  name,
  title,
  answer,
  timeZone,
  change,
}: Given & { name: Sampled; title: string }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { samples, type, options, variable, field } = name
  const label = variable === 'event' ? t('condition.given', { what: title }) : title
  const mayBeUnset = samples.includes(UNSET)
  const hint = mayBeUnset ? { placeholder: t('common.unset') } : {}
  if (options !== undefined)
    return (
      <Choice
        label={label}
        samples={samples}
        answer={answer}
        timeZone={timeZone}
        change={change}
        titles={new Map(options.map((one) => [one.value, say(one.title)]))}
      />
    )
  if (type === 'int' || type === 'double')
    return (
      <NumberInput
        size="xs"
        label={label}
        {...hint}
        allowDecimal={type === 'double'}
        value={typeof answer === 'number' ? answer : ''}
        onChange={(typed) => change(typeof typed === 'number' ? typed : UNSET)}
      />
    )
  if (type === 'timestamp') {
    const isDate = field?.format === 'date'
    return (
      <TextInput
        size="xs"
        type={isDate ? 'date' : 'datetime-local'}
        label={label}
        value={
          typeof answer !== 'string'
            ? ''
            : isDate
              ? answer.slice(0, 10)
              : asInput(Date.parse(answer), timeZone)
        }
        onChange={(event) => {
          const text = event.currentTarget.value
          const ms = fromInput(text, timeZone)
          change(ms === undefined ? UNSET : isDate ? text : new Date(ms).toISOString())
        }}
      />
    )
  }
  if (type === 'string')
    return (
      <Autocomplete
        size="xs"
        label={label}
        {...hint}
        data={samples.filter((each) => typeof each === 'string' && each !== '').map(String)}
        value={typeof answer === 'string' ? answer : ''}
        onChange={(typed) => change(typed === '' && mayBeUnset ? UNSET : typed)}
        comboboxProps={{ withinPortal: true }}
      />
    )
  if (
    samples.every(
      (each) => each === UNSET || (Array.isArray(each) && each.every((one) => typeof one === 'string')),
    )
  )
    return (
      <TagsInput
        size="xs"
        label={label}
        {...(Array.isArray(answer) && answer.length > 0 ? {} : hint)}
        data={[...new Set(samples.flatMap((each) => (Array.isArray(each) ? each.map(String) : [])))]}
        value={Array.isArray(answer) ? answer.map(String) : []}
        onChange={change}
        comboboxProps={{ withinPortal: true }}
      />
    )
  return <Choice label={label} samples={samples} answer={answer} timeZone={timeZone} change={change} />
}

const keyOf = (value: unknown): string => (value === UNSET ? '' : JSON.stringify(value))

/** One of the samples. */
function Choice({
  label,
  samples,
  titles,
  answer,
  change,
}: Given & {
  label: string
  samples: readonly unknown[]
  titles?: ReadonlyMap<string, string>
}): ReactElement {
  const { t } = useTranslation()
  const titleOf = (value: unknown): string => {
    if (value === UNSET) return t('common.unset')
    if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
    if (Array.isArray(value)) return t('condition.entryCount', { count: value.length })
    return typeof value === 'string' ? (titles?.get(value) ?? value) : JSON.stringify(value)
  }
  return (
    <Select
      size="xs"
      label={label}
      allowDeselect={false}
      data={samples.map((value) => ({ value: keyOf(value), label: titleOf(value) }))}
      value={keyOf(answer)}
      onChange={(key) => {
        const chosen = samples.find((value) => keyOf(value) === key)
        if (chosen !== undefined) change(chosen)
      }}
      comboboxProps={{ withinPortal: true }}
    />
  )
}
