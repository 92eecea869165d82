/**
 * The command palette: every action and every place of the page, found by what is typed in either language.
 *
 * Promises: what cannot be done now is shown and says why; the keyboard returns to where it was.
 * Must not: know an action; they come with the register.
 */
import { Box, Group, Kbd, Modal, Text, TextInput } from '@mantine/core'
import { type KeyboardEvent, type ReactElement, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shell/icons.tsx'
import type { Bound } from './action.ts'
import { onMac } from './action-keys.ts'
import { type Item, itemsOf, useSaying } from './palette-items.ts'
import { type Register, useAllActions } from './register.ts'
import { shownKeys } from './shortcut.ts'

export function Palette({
  register,
  of,
  close,
}: {
  register: Register
  /** The action whose choices are asked for; undefined: any action. */
  of: Bound | undefined
  /** `then`: done once the palette is gone. */
  close(then?: () => void): void
}): ReactElement {
  const { t } = useTranslation()
  const saying = useSaying()
  const actions = useAllActions(register)
  const [asked, setAsked] = useState(of)
  const [query, setQuery] = useState('')
  const [index, setIndex] = useState(0)
  const list = useId()
  const items = useMemo(() => itemsOf(actions, asked, query, saying), [actions, asked, query, saying])
  const at = Math.min(index, items.length - 1)
  const current = items[at]
  const take = (item: Item): void => {
    if (item.why !== undefined) return
    if (item.ask === undefined) {
      close(item.run)
      return
    }
    setAsked(item.ask)
    setQuery('')
    setIndex(0)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1 >= items.length ? 0 : at + 1,
      ArrowUp: at <= 0 ? items.length - 1 : at - 1,
      PageDown: Math.min(at + 8, items.length - 1),
      PageUp: Math.max(at - 8, 0),
    }
    const to = moves[event.key]
    if (to !== undefined) setIndex(to)
    else if (event.key === 'Enter' && current !== undefined) take(current)
    else if (event.key === 'Backspace' && query === '' && asked !== undefined && of === undefined) {
      setAsked(undefined)
      setIndex(0)
    } else return
    event.preventDefault()
  }
  const label = asked === undefined ? t('actions.palette') : t(asked.title)
  return (
    <Modal.Root
      opened
      onClose={() => close()}
      size="lg"
      yOffset="12vh"
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={label}>
        <Modal.Body p={0}>
          <TextInput
            size="md"
            variant="unstyled"
            data-autofocus
            className="palette-input"
            role="combobox"
            aria-expanded
            aria-controls={list}
            aria-activedescendant={current === undefined ? undefined : `${list}-${at}`}
            aria-label={label}
            placeholder={asked === undefined ? t('actions.find') : t(asked.title)}
            leftSection={<Icon name="search" size={16} />}
            value={query}
            onChange={(event) => {
              setQuery(event.currentTarget.value)
              setIndex(0)
            }}
            onKeyDown={press}
          />
          <Box role="listbox" id={list} aria-label={label} className="palette-list">
            {items.map((item, position) => (
              <Option
                key={item.key}
                id={`${list}-${position}`}
                item={item}
                isCurrent={position === at}
                heading={isHeaded(item, items[position - 1], query) ? item.group : undefined}
                point={() => setIndex(position)}
                take={() => take(item)}
              />
            ))}
          </Box>
          <Text role="status" size="sm" c="dimmed" px="md" py={items.length === 0 ? 'md' : 0}>
            {items.length === 0 ? t('actions.nothing') : ''}
          </Text>
          <Text size="xs" c="dimmed" px="md" py={8} className="palette-foot">
            {t(asked === undefined ? 'actions.footRoot' : 'actions.footChoice')}
          </Text>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

/** Choices stand under no heading, and neither does what was searched for. */
const isHeaded = (item: Item, before: Item | undefined, query: string): boolean =>
  query === '' && item.group !== '' && before?.group !== item.group

function Option({
  id,
  item,
  isCurrent,
  heading,
  point,
  take,
}: {
  id: string
  item: Item
  isCurrent: boolean
  heading: string | undefined
  point(): void
  take(): void
}): ReactElement {
  const own = useRef<HTMLDivElement>(null)
  const { title, detail, keys, icon, why } = item
  useEffect(() => {
    if (isCurrent) own.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  return (
    <>
      {heading === undefined ? null : (
        <Text size="xs" c="dimmed" fw={600} px="md" pt={10} pb={2} role="presentation">
          {heading}
        </Text>
      )}
      <Box
        ref={own}
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={isCurrent}
        aria-disabled={why !== undefined}
        className="palette-option"
        onPointerMove={point}
        onClick={take}
      >
        <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
          <span className="palette-icon">{icon === undefined ? null : <Icon name={icon} size={16} />}</span>
          <span className="fc-wrap">
            {title}
            {detail === '' ? null : (
              <Text span size="xs" c="dimmed" ml={8}>
                {detail}
              </Text>
            )}
            {why === undefined ? null : (
              <Text span size="xs" ml={8} fs="italic">
                {why}
              </Text>
            )}
          </span>
        </Group>
        {keys === undefined ? null : <Kbd size="xs">{shownKeys(keys, onMac())}</Kbd>}
      </Box>
    </>
  )
}
