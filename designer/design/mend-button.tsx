/**
 * What a problem offers to mend it: done at once, or after something was chosen or written beside it.
 */
import { Button, Popover, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Command } from '../document/command-stack.ts'
import { useSpeech } from '../text/use-language.ts'
import { useDesign } from './design-api.ts'
import type { Mending, Tongue } from './mendings.ts'

export function MendButton({ mending }: { mending: Mending }): ReactElement {
  const { say } = useSpeech()
  const { execute } = useDesign()
  const [isOpen, setOpen] = useState(false)
  if (mending.kind === 'do')
    return (
      <Button size="compact-xs" variant="default" flex="none" onClick={() => execute(mending.command)}>
        {say(mending.title)}
      </Button>
    )
  const apply = (command: Command): void => {
    if (execute(command)) setOpen(false)
  }
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="top-end"
      width={300}
      withArrow
      trapFocus
      withinPortal
    >
      <Popover.Target>
        <Button size="compact-xs" variant="default" flex="none" onClick={() => setOpen(!isOpen)}>
          {say(mending.title)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {mending.kind === 'choose' ? (
          <Choosing mending={mending} apply={apply} />
        ) : (
          <Writing mending={mending} apply={apply} />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

type Of<Kind extends Mending['kind']> = {
  mending: Extract<Mending, { kind: Kind }>
  apply(command: Command): void
}

function Choosing({ mending, apply }: Of<'choose'>): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { lists, make } = mending
  const [chosen, setChosen] = useState<readonly (string | null)[]>(lists.map(() => null))
  const values = chosen.filter((value) => value !== null)
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (values.length === lists.length) apply(make(values))
  }
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        {lists.map(({ label, choices }, index) => (
          <Select
            key={label.en}
            size="sm"
            label={say(label)}
            searchable
            data-autofocus={index === 0 ? true : undefined}
            comboboxProps={{ withinPortal: false }}
            value={chosen[index] ?? null}
            onChange={(value) => setChosen(chosen.with(index, value))}
            data={choices.map(({ value, title }) => ({ value, label: say(title) }))}
          />
        ))}
        <Button type="submit" size="xs" disabled={values.length < lists.length}>
          {t('page.fixes.apply')}
        </Button>
      </Stack>
    </form>
  )
}

const MOST = 2_000

function Writing({ mending, apply }: Of<'write'>): ReactElement {
  const { t } = useTranslation()
  const { missing, beside, make } = mending
  const [text, setText] = useState<Partial<Record<Tongue, string>>>({})
  const isWhole = missing.every((tongue) => (text[tongue] ?? '').trim() !== '')
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (isWhole) apply(make(text))
  }
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        {missing.map((tongue, index) => (
          <TextInput
            key={tongue}
            size="sm"
            label={t(`language.${tongue}`)}
            placeholder={beside}
            maxLength={MOST}
            data-autofocus={index === 0 ? true : undefined}
            value={text[tongue] ?? ''}
            onChange={(event) => setText({ ...text, [tongue]: event.currentTarget.value })}
          />
        ))}
        <Button type="submit" size="xs" disabled={!isWhole}>
          {t('page.fixes.apply')}
        </Button>
      </Stack>
    </form>
  )
}
