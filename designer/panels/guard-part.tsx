/**
 * The condition of a transition: CEL text with its problems under it, named guards in words.
 *
 * Must not: evaluate it.
 */
import { Alert, Anchor, Text, Textarea } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { tokensOf } from '../../machines/definition/pointer.ts'
import { Definition, Expression, Guard } from '../../machines/definition/schema.ts'
import type { TreeTransition } from '../../machines/definition/tree.ts'
import { guardInWords } from '../../machines/drawing/words.ts'
import { createExpressionEnvironment } from '../../machines/expression/environment.ts'
import type { Words } from '../canvas/chart-words.ts'
import { useEdit } from '../canvas/seen.ts'
import { useDesign } from '../design/design-api.ts'
import { setGuard } from '../document/commands/transition.ts'
import { at, member } from '../document/json.ts'
import { Part } from './fields.tsx'
import { readAs } from './read.ts'

export function GuardPart({ way, words }: { way: TreeTransition; words: Words }): ReactElement {
  const { t, i18n } = useTranslation()
  const { document } = useDesign()
  const edit = useEdit()
  const raw = member(at(document.definition, ...tokensOf(way.pointer)), 'guard')
  const expression = readAs(Expression, raw)
  const guard = readAs(Guard, raw)
  const text = expression?.['@expr'] ?? ''
  const descriptor = way.trigger.kind === 'on' ? way.trigger.descriptor : undefined
  const problems = useMemo(() => {
    const definition = readAs(Definition, document.definition)
    return definition === undefined || text === ''
      ? []
      : createExpressionEnvironment(definition).check(
          text,
          descriptor === undefined ? [] : [descriptor],
          'bool',
        ).problems
  }, [document.definition, text, descriptor])
  if (raw !== undefined && expression === undefined && guard !== undefined)
    return (
      <Part title={t('chart.guard')}>
        <Text size="sm">{guardInWords(guard, words)}</Text>
        <Anchor
          component="button"
          type="button"
          size="xs"
          ta="start"
          onClick={() => edit.execute(setGuard(way.pointer, undefined))}
        >
          {t('panel.dropGuard')}
        </Anchor>
      </Part>
    )
  return (
    <Part title={t('chart.guard')} help={t('panel.guardHelp')}>
      <Textarea
        size="xs"
        autosize
        minRows={1}
        aria-label={t('chart.guard')}
        value={text}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onChange={(event) => {
          const typed = event.currentTarget.value
          edit.execute(
            setGuard(way.pointer, typed.trim() === '' ? undefined : { '@expr': typed, '@lang': 'cel' }),
          )
        }}
      />
      {text !== '' && guard !== undefined && problems.length === 0 ? (
        <Text size="xs" c="dimmed">
          {guardInWords(guard, words)}
        </Text>
      ) : null}
      {problems.map((problem) => (
        <Alert key={`${problem.code} ${problem.range.start}`} color="red" p={6}>
          <Text size="xs">{i18n.language === 'zh-CN' ? problem.message.zh : problem.message.en}</Text>
          <code className="panel-cut">{text.slice(problem.range.start, problem.range.end)}</code>
        </Alert>
      ))}
    </Part>
  )
}
