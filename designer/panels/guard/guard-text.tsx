/**
 * A guard as text: each expression in an editor of its own, named guards in words between them.
 *
 * Promises: an expression that is emptied within others stays as it was until something is written there again.
 */
import { Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { child } from '../../../machines/definition/pointer.ts'
import type { Definition, Guard } from '../../../machines/definition/schema.ts'
import type { Trial } from '../../document/guard/trial.ts'
import type { OtherTitles } from '../../document/guard/words.ts'
import { inWords, rowsOf } from '../../document/guard-rows.ts'
import { asLanguage } from '../../text/language.ts'
import { CelEditor } from '../cel/cel-editor.tsx'
import type { Change } from './use-guard.ts'

type Given = {
  definition: Definition
  events: readonly string[]
  titles: OtherTitles
  trial: Trial | undefined
}

export function GuardText({
  guard,
  change,
  ...given
}: Given & {
  guard: Guard | undefined
  change(guard: Guard | undefined, how?: Change): void
}): ReactElement {
  const { t } = useTranslation()
  if (guard !== undefined && !('@expr' in guard))
    return <Branch {...given} guard={guard} pointer="" change={change} />
  return (
    <CelEditor
      label={t('chart.guard')}
      text={guard?.['@expr'] ?? ''}
      placeholder={t('condition.textHint')}
      definition={given.definition}
      events={given.events}
      expected="bool"
      lit={litAt('', given.trial)}
      change={(text) =>
        change(text.trim() === '' ? undefined : { '@expr': text, '@lang': 'cel' }, { typing: true })
      }
    />
  )
}

/** The parts of an expression that decided. */
const litAt = (pointer: string, trial: Trial | undefined) =>
  (trial?.deciding ?? []).flatMap(({ pointer: place, part }) =>
    place === pointer && part !== undefined ? [{ ...part.range, is: part.verdict }] : [],
  )

function Branch({
  guard,
  pointer,
  change,
  ...given
}: Given & {
  guard: Guard
  pointer: string
  change(guard: Guard, how?: Change): void
}): ReactElement {
  const { t, i18n } = useTranslation()
  if ('@expr' in guard)
    return (
      <CelEditor
        label={t('condition.expression')}
        text={guard['@expr']}
        definition={given.definition}
        events={given.events}
        expected="bool"
        lit={litAt(pointer, given.trial)}
        change={(text) => text.trim() !== '' && change({ '@expr': text, '@lang': 'cel' }, { typing: true })}
      />
    )
  switch (guard.type) {
    case 'and':
    case 'or': {
      const { guards } = guard.params
      return (
        <Stack gap={4} className="condition-group">
          <Text size="xs" fw={600}>
            {t(guard.type === 'and' ? 'condition.joined.all' : 'condition.joined.any')}
          </Text>
          {guards.map((part, index) => {
            const place = child(pointer, 'params', 'guards', index)
            return (
              <Branch
                {...given}
                key={place}
                guard={part}
                pointer={place}
                change={(made, how) =>
                  change({ type: guard.type, params: { guards: guards.with(index, made) } }, how)
                }
              />
            )
          })}
        </Stack>
      )
    }
    case 'not':
      return (
        <Stack gap={4} className="condition-group">
          <Text size="xs" fw={600}>
            {t('condition.joined.none')}
          </Text>
          <Branch
            {...given}
            guard={guard.params.guard}
            pointer={child(pointer, 'params', 'guard')}
            change={(made, how) => change({ type: 'not', params: { guard: made } }, how)}
          />
        </Stack>
      )
    default: {
      const rows = rowsOf(guard, given.definition, given.events)
      const decided = given.trial?.deciding.find((one) => one.pointer === pointer)
      const language = asLanguage(i18n.language) === 'zh-CN' ? 'zh' : 'en'
      return (
        <Text size="xs" className="condition-named" data-verdict={decided?.verdict}>
          {rows.ok ? inWords(rows.rows, given.definition, language, given.titles) : guard.type}
        </Text>
      )
    }
  }
}
