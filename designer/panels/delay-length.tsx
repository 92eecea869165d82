/**
 * How long a delay is: a number and a unit, a setting of the process, or worked out by an expression.
 *
 * Promises: the figure of a setting is changed in the setting, for all that go by it.
 */
import { Select, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Definition, Delay, Setting } from '../../machines/definition/schema.ts'
import { isDuration } from '../../machines/time/duration.ts'
import { useEdit } from '../canvas/seen.ts'
import { useDesign } from '../design/design-api.ts'
import { changeSetting } from '../document/commands/declaration.ts'
import { usesOf } from '../document/questions.ts'
import { useSpeech } from '../text/use-language.ts'
import { CelEditor } from './cel/cel-editor.tsx'
import { DurationField } from './fields.tsx'

const FIXED = 'fixed'
const COMPUTED = 'computed'
const OF_SETTING = 'setting '

type Given = { delay: Delay; definition: Definition | undefined; change(delay: Delay): void }

const settingOf = (delay: Delay): string | undefined =>
  typeof delay.duration === 'string'
    ? undefined
    : /^\s*settings\.([A-Za-z_]\w*)\s*$/.exec(delay.duration['@expr'])?.[1]

const holdsSpan = ({ value }: Setting): boolean => typeof value === 'string' && isDuration(value)

export function DelayLength({ delay, definition, change }: Given): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { duration } = delay
  const settings = Object.entries(definition?.meta.settings ?? {}).filter(([, setting]) => holdsSpan(setting))
  const name = settingOf(delay)
  const held = settings.find(([each]) => each === name)
  const source = typeof duration === 'string' ? FIXED : held === undefined ? COMPUTED : OF_SETTING + held[0]
  const choose = (chosen: string | null): void => {
    if (chosen === null || chosen === source) return
    // What it came to stays, where that can be told.
    const length = typeof duration === 'string' ? duration : held?.[1].value
    const fixed = typeof length === 'string' ? length : 'PT30M'
    if (chosen === FIXED) change({ ...delay, duration: fixed })
    else {
      const text = chosen === COMPUTED ? `'${fixed}'` : `settings.${chosen.slice(OF_SETTING.length)}`
      change({ ...delay, duration: { '@expr': text, '@lang': 'cel' } })
    }
  }
  return (
    <Stack gap="xs">
      {settings.length === 0 && source === FIXED ? null : (
        <Select
          size="xs"
          label={t('panel.lengthBy')}
          allowDeselect={false}
          searchable
          data={[
            { value: FIXED, label: t('panel.lengthFixed') },
            ...settings.map(([each, setting]) => ({
              value: OF_SETTING + each,
              label: t('panel.lengthSetting', { title: say(setting.title, each) }),
            })),
            { value: COMPUTED, label: t('panel.lengthComputed') },
          ]}
          value={source}
          onChange={choose}
          comboboxProps={{ withinPortal: true }}
        />
      )}
      {typeof duration === 'string' ? (
        <DurationField
          label={t('panel.amount')}
          value={duration}
          change={(iso) => change({ ...delay, duration: iso })}
        />
      ) : held !== undefined ? (
        <SettingLength name={held[0]} setting={held[1]} />
      ) : (
        <CelEditor
          label={t('panel.computed')}
          showLabel
          text={duration['@expr']}
          definition={definition}
          events={NO_EVENTS}
          expected="string"
          change={(text) =>
            text.trim() !== '' && change({ ...delay, duration: { '@expr': text, '@lang': 'cel' } })
          }
        />
      )}
    </Stack>
  )
}
const NO_EVENTS: readonly string[] = []

function SettingLength({ name, setting }: { name: string; setting: Setting }): ReactElement {
  const { t } = useTranslation()
  const { document } = useDesign()
  const edit = useEdit()
  const uses = usesOf(document, 'setting', name).filter(({ how }) => how !== 'declares').length
  return (
    <Stack gap={4}>
      <DurationField
        label={t('panel.amount')}
        value={typeof setting.value === 'string' ? setting.value : ''}
        change={(iso) => edit.execute(changeSetting(name, { ...setting, value: iso }))}
      />
      <Text size="xs" c="dimmed">
        {t('panel.settingUses', { count: uses })}
      </Text>
    </Stack>
  )
}
