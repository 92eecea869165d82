/**
 * What a delay comes to: “entered Friday 17:50: due Monday 9:20”, for moments that tell something and for one's own.
 *
 * Promises: the engine's own arithmetic, on the calendars in force. Must not: change the process.
 */
import { Stack, Text, TextInput } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Definition, Delay } from '../../machines/definition/schema.ts'
import { type Sampled, samplesFor, variablesFrom } from '../../machines/expression/samples.ts'
import { scopeOf } from '../../machines/expression/scope.ts'
import { type Preview, previewDelay, tellingMoment } from '../../machines/time/preview.ts'
import { useNow } from '../session/now.ts'
import { useSpeech } from '../text/use-language.ts'
import { environmentOf } from './environment.ts'
import { Part } from './fields.tsx'
import { ValueAnswer } from './guard/value-answer.tsx'
import { asInput, fromInput, usualMoments } from './moments.ts'
import { useCalendars } from './use-organisation.ts'

export function DelayPreview({ delay, definition }: { delay: Delay; definition: Definition }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const calendars = useCalendars()
  const { timeZone } = calendars
  const [now] = useState(useNow())
  const [own, setOwn] = useState('')
  const [answers, setAnswers] = useState<ReadonlyMap<string, unknown>>(new Map())
  const environment = environmentOf(definition)
  const scope = useMemo(() => scopeOf(definition, []), [definition])
  const text = [delay.duration, delay.from].flatMap((part) =>
    typeof part === 'object' ? [part['@expr']] : [],
  )
  const read = unique(text.flatMap((each) => samplesFor(each, scope, now)))
  /** What else it depends on; times all stand for the moment that is looked at. */
  const asked = read.filter(({ variable, type }) => variable !== 'settings' && type !== 'timestamp')
  const at = (moment: number): Preview => {
    const iso = new Date(moment).toISOString()
    const chosen = read
      .filter(({ variable }) => variable !== 'settings')
      .map((name) => ({
        name,
        value:
          name.type === 'timestamp' ? iso : answers.has(name.key) ? answers.get(name.key) : name.samples[0],
      }))
    const variables = variablesFrom(chosen, { scope, now: moment, timeZone })
    return previewDelay(delay, {
      enteredAt: moment,
      calendars,
      evaluate(expression) {
        try {
          const found = environment.program(expression).evaluate(variables)
          return found.ok ? found.value : undefined
        } catch {
          // Not to be read yet: the editor says why.
          return undefined
        }
      },
    })
  }
  const moments = [
    ...(delay.calendar === undefined ? [] : [tellingMoment(calendars, delay.calendar, now)]),
    ...usualMoments(now, timeZone),
  ]
  const told = moments.map(at)
  const [failed] = told.filter((one) => !one.ok)
  const entered = fromInput(own, timeZone)
  const answer = entered === undefined ? undefined : at(entered)
  return (
    <Part title={t('panel.preview')}>
      <Stack gap={4} className="condition-try">
        {asked.map((name) => (
          <ValueAnswer
            key={name.key}
            name={name}
            title={say(name.title)}
            timeZone={timeZone}
            answer={answers.has(name.key) ? answers.get(name.key) : name.samples[0]}
            change={(value) => setAnswers(new Map([...answers, [name.key, value]]))}
          />
        ))}
        {failed === undefined ? (
          <ul className="panel-preview">
            {unique(told.map((one) => ({ key: wordsOf(one, say) }))).map(({ key }) => (
              <li key={key}>{key}</li>
            ))}
          </ul>
        ) : (
          <Text size="xs" c="dimmed">
            {wordsOf(failed, say)}
          </Text>
        )}
        <TextInput
          size="xs"
          type="datetime-local"
          label={t(delay.from === undefined ? 'panel.previewEntered' : 'panel.previewFrom')}
          value={own}
          max={asInput(FAR, timeZone)}
          onChange={(event) => setOwn(event.currentTarget.value)}
        />
        {answer === undefined ? null : (
          <Text size="xs" fw={600} role="status">
            {wordsOf(answer, say)}
          </Text>
        )}
      </Stack>
    </Part>
  )
}
/** A year of five digits is a slip of the finger. */
const FAR = Date.UTC(9999, 0, 1)

const wordsOf = (preview: Preview, say: ReturnType<typeof useSpeech>['say']): string =>
  say(preview.ok ? preview.words : preview.why)

function unique<One extends Pick<Sampled, 'key'>>(all: readonly One[]): One[] {
  return [...new Map(all.map((one) => [one.key, one])).values()]
}
