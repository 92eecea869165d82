/**
 * A field for one expression: with completion and its errors under the letters once the editor is here, a plain text
 * field until then.
 *
 * Promises: its problems are also said below it, in the reader's language. Must not: hold the text.
 */
import { Stack, Text, Textarea } from '@mantine/core'
import { lazy, type ReactElement, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Definition } from '../../../machines/definition/schema.ts'
import type { Expected } from '../../../machines/expression/expression.ts'
import { scopeOf } from '../../../machines/expression/scope.ts'
import { useDesign } from '../../design/design-api.ts'
import { asLanguage } from '../../text/language.ts'
import { environmentOf } from '../environment.ts'
import type { Lit } from './cel-code.tsx'
import type { Asked } from './cel-language.ts'

const CelCode = lazy(() => import('./cel-code.tsx'))
const NO_LIGHT: readonly Lit[] = []

export function CelEditor({
  label,
  text,
  placeholder = '',
  definition,
  events,
  expected,
  lit = NO_LIGHT,
  showLabel = false,
  autoFocus = false,
  change,
}: {
  label: string
  text: string
  placeholder?: string
  /** Undefined where it is too broken to be read: nothing is completed or checked then. */
  definition: Definition | undefined
  events: readonly string[]
  expected: Expected
  lit?: readonly Lit[]
  showLabel?: boolean
  autoFocus?: boolean
  change(text: string): void
}): ReactElement {
  const { i18n } = useTranslation()
  const { readOnly } = useDesign()
  /** Who is in the field already when the editor comes goes on in the editor. */
  const [isReached, setReached] = useState(false)
  const language = asLanguage(i18n.language) === 'zh-CN' ? 'zh' : 'en'
  const environment = definition === undefined ? undefined : environmentOf(definition)
  const asked = useMemo(
    (): Asked | undefined =>
      definition === undefined ? undefined : { scope: scopeOf(definition, events), expected, language },
    [definition, events, expected, language],
  )
  const problems = useMemo(
    () =>
      environment === undefined || text.trim() === ''
        ? []
        : environment
            .check(text, events, expected)
            .problems.map(({ range, message }) => ({ ...range, message: message[language] })),
    [environment, text, events, expected, language],
  )
  return (
    <Stack gap={4}>
      {showLabel ? (
        <Text size="xs" fw={500}>
          {label}
        </Text>
      ) : null}
      <Suspense
        fallback={
          <Textarea
            size="xs"
            autosize
            aria-label={label}
            value={text}
            readOnly
            className="cel-waiting"
            onFocus={() => setReached(true)}
            onBlur={() => setReached(false)}
          />
        }
      >
        <CelCode
          label={label}
          text={text}
          placeholder={placeholder}
          readOnly={readOnly}
          asked={asked}
          problems={problems}
          lit={lit}
          autoFocus={autoFocus || isReached}
          change={change}
        />
      </Suspense>
      {problems.map(({ start, end, message }) => (
        <Text key={`${start} ${message}`} size="xs" className="panel-error" role="status">
          {message}
          {text.slice(start, end).trim() === '' ? null : (
            <code className="cel-quoted">{text.slice(start, end)}</code>
          )}
        </Text>
      ))}
    </Stack>
  )
}
