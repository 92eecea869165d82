/**
 * A list of things of one kind, each a card that unfolds: happenings, choices, hints, people.
 *
 * Promises: a card that a problem lies in is marked, and unfolds when it is gone to; the order can be changed without a mouse.
 * Must not: know what is in a card.
 */
import { Badge, Button, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RowTools } from '../../../panels/row-tools.tsx'
import { Icon } from '../../../shell/icons.tsx'
import { moved, replaced } from './put.ts'
import { useTroubles } from './troubles.tsx'

type Props<T> = {
  items: readonly T[]
  change(items: T[]): void
  /** JSON pointer of the list. */
  at: string
  /** A line that tells which one it is. */
  told(item: T): string
  fresh(): T
  add: string
  empty: string
  /** The last part of an item's pointer, where it is not its number. */
  placeOf?(item: T): string
  children(item: T, change: (item: T) => void, at: string): ReactNode
}

export function Cards<T>({
  items,
  change,
  at,
  told,
  fresh,
  add,
  empty,
  placeOf,
  children,
}: Props<T>): ReactElement {
  const [open, setOpen] = useState<number>()
  const { goal } = useTroubles()
  const placed = items.map((item, index) => ({ item, index, place: `${at}/${placeOf?.(item) ?? index}` }))
  const latest = useRef(placed)
  latest.current = placed
  const sought = goal?.pointer.startsWith(`${at}/`) === true ? goal : undefined
  useEffect(() => {
    if (sought === undefined) return
    const found = latest.current.findIndex(
      ({ place }) => sought.pointer === place || sought.pointer.startsWith(`${place}/`),
    )
    if (found >= 0) setOpen(found)
  }, [sought])
  return (
    <Stack gap="xs">
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      ) : null}
      {placed.map(({ item, index, place }) => (
        <Card
          key={place}
          at={place}
          told={told(item)}
          isOpen={open === index}
          toggle={() => setOpen(open === index ? undefined : index)}
          tools={
            <RowTools
              what={told(item)}
              index={index}
              count={items.length}
              move={(to) => {
                change(moved(items, index, to))
                if (open === index) setOpen(to)
              }}
              remove={() => {
                change(items.toSpliced(index, 1))
                setOpen(undefined)
              }}
            />
          }
        >
          {children(item, (next) => change(replaced(items, index, next)), place)}
        </Card>
      ))}
      <Group>
        <Button
          size="sm"
          variant="default"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => {
            change([...items, fresh()])
            setOpen(items.length)
          }}
        >
          {add}
        </Button>
      </Group>
    </Stack>
  )
}

export function Card({
  at,
  told,
  isOpen,
  toggle,
  tools,
  children,
}: {
  at: string
  told: string
  isOpen: boolean
  toggle(): void
  tools: ReactNode
  children: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  const { errors, warnings } = useTroubles().within(at)
  return (
    <section className="fc-panel" aria-label={told} data-pointer={at}>
      <Group wrap="nowrap" gap="xs" px="sm" py={6}>
        <UnstyledButton flex="1" miw={0} aria-expanded={isOpen} onClick={toggle}>
          <Group wrap="nowrap" gap="xs">
            <span className="edit-turn" data-open={isOpen}>
              <Icon name="unfold" size={14} />
            </span>
            <Text size="sm" fw={600} lineClamp={isOpen ? 3 : 1} className="fc-wrap">
              {told}
            </Text>
          </Group>
        </UnstyledButton>
        {errors + warnings === 0 ? null : (
          <Badge
            size="sm"
            variant="light"
            color={errors > 0 ? 'red' : 'yellow'}
            c="var(--mantine-color-text)"
            style={{ flex: 'none' }}
          >
            {errors > 0
              ? t('trainer.form.errors', { count: errors })
              : t('trainer.form.warnings', { count: warnings })}
          </Badge>
        )}
        {tools}
      </Group>
      {isOpen ? (
        <Stack gap="sm" px="sm" pb="sm" pt={4}>
          {children}
        </Stack>
      ) : null}
    </section>
  )
}
