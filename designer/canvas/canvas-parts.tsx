/**
 * What stands on the drawing while it is worked on: palette, pad beside the selection, inline title, search, warning
 * before a deletion, ends of a transition to be led elsewhere.
 *
 * Must not: change the document; each hands on what the person wants.
 */
import { ActionIcon, Button, Group, List, Modal, Paper, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { type PointerEvent as Pointer, type ReactElement, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlacedState, Point, Rect } from '../../machines/drawing/graph.ts'
import { Icon, type IconName } from '../shell/icons.tsx'
import { InViewport } from './in-viewport.tsx'
import { type Hit, hitsOf } from './navigate.ts'

export type Tool = {
  readonly icon: IconName
  readonly label: string
  readonly keys?: string
  run(): void
  readonly off?: boolean
}

/** A bar of tools, each with its name and key. */
export function Tools({
  label,
  tools,
  upright = false,
}: {
  label: string
  tools: readonly Tool[]
  upright?: boolean
}): ReactElement {
  return (
    <Paper
      withBorder
      shadow="sm"
      p={4}
      className="canvas-pad"
      role="toolbar"
      aria-label={label}
      aria-orientation={upright ? 'vertical' : 'horizontal'}
    >
      <Group gap={2} style={{ flexDirection: upright ? 'column' : 'row' }} wrap="nowrap">
        {tools.map(({ icon, label: name, keys, run, off }) => (
          <Tooltip
            key={name}
            label={keys === undefined ? name : `${name} (${keys})`}
            position={upright ? 'right' : 'top'}
          >
            <ActionIcon
              variant="subtle"
              color="gray"
              c="inherit"
              aria-label={name}
              disabled={off ?? false}
              onClick={run}
            >
              <Icon name={icon} size={18} />
            </ActionIcon>
          </Tooltip>
        ))}
      </Group>
    </Paper>
  )
}

/** A title typed where it stands. Enter or leaving keeps it, Escape does not. */
export function TitleBox({
  at,
  value,
  keep,
  close,
}: {
  at: Rect
  value: string
  keep(title: string): void
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const [title, setTitle] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  const over = useRef(false)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])
  const end = (kept: boolean): void => {
    if (over.current) return
    over.current = true
    if (kept && title.trim() !== '' && title !== value) keep(title.trim())
    close()
  }
  return (
    <InViewport>
      <input
        ref={input}
        className="canvas-title nodrag nopan"
        aria-label={t('edit.title')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        onBlur={() => end(true)}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) end(true)
          if (event.key === 'Escape') end(false)
        }}
        style={{
          transform: `translate(${at.x}px, ${at.y}px)`,
          width: Math.max(140, Math.min(at.width, 320)),
        }}
      />
    </InViewport>
  )
}

export function SearchBox({
  entries,
  go,
  close,
}: {
  entries: readonly Hit[]
  go(hit: Hit): void
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const [index, setIndex] = useState(0)
  const hits = hitsOf(entries, query)
  const show = (next: number): void => {
    const at = hits.length === 0 ? 0 : (next + hits.length) % hits.length
    setIndex(at)
    const hit = hits[at]
    if (hit !== undefined) go(hit)
  }
  return (
    <Paper withBorder shadow="md" p={6} className="canvas-pad" role="search">
      <Group gap={6} wrap="nowrap">
        <TextInput
          size="xs"
          w={220}
          data-autofocus
          autoFocus
          aria-label={t('edit.search')}
          placeholder={t('edit.search')}
          leftSection={<Icon name="search" size={14} />}
          value={query}
          onChange={(event) => {
            const typed = event.currentTarget.value
            setQuery(typed)
            setIndex(0)
            const [hit] = hitsOf(entries, typed)
            if (hit !== undefined) go(hit)
          }}
          onKeyDown={(event) => {
            event.stopPropagation()
            if (event.key === 'Enter') show(index + (event.shiftKey ? -1 : 1))
            if (event.key === 'Escape') close()
          }}
        />
        <Text size="xs" c="dimmed" role="status" style={{ minWidth: 44 }}>
          {query === '' ? '' : t('edit.hits', { at: hits.length === 0 ? 0 : index + 1, count: hits.length })}
        </Text>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="inherit"
          aria-label={t('edit.closeSearch')}
          onClick={close}
        >
          <Icon name="close" size={14} />
        </ActionIcon>
      </Group>
    </Paper>
  )
}

export function DeleteDialog({
  title,
  lines,
  close,
  confirm,
}: {
  title: string
  lines: readonly string[]
  close(): void
  confirm(): void
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={close}
      title={t('edit.deleteTitle', { what: title })}
      closeButtonProps={{ 'aria-label': t('edit.cancel') }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('edit.deletePoints')}</Text>
        <List size="sm">
          {lines.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
        <Text size="sm" c="dimmed">
          {t('edit.deleteUndo')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('edit.cancel')}
          </Button>
          <Button color="red" data-autofocus onClick={confirm}>
            {t('edit.delete')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Grips at both ends of the selected transition: dragged onto another state, it starts or ends there. */
export function Ends({
  points,
  toPoint,
  drop,
}: {
  points: readonly Point[]
  toPoint(event: { clientX: number; clientY: number }): Point
  drop(end: 'source' | 'target', at: Point): void
}): ReactElement | null {
  const [held, setHeld] = useState<{ end: 'source' | 'target'; at: Point }>()
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined) return null
  const grips = [
    { end: 'source' as const, at: first },
    { end: 'target' as const, at: last },
  ]
  return (
    <InViewport>
      {grips.map(({ end, at }) => {
        const shown = held?.end === end ? held.at : at
        return (
          <div
            key={end}
            className="canvas-grip nodrag nopan"
            data-end={end}
            aria-hidden="true"
            style={{ transform: `translate(${shown.x - 6}px, ${shown.y - 6}px)` }}
            onPointerDown={(event: Pointer<HTMLDivElement>) => {
              event.stopPropagation()
              event.currentTarget.setPointerCapture(event.pointerId)
              setHeld({ end, at })
            }}
            onPointerMove={(event) => {
              if (held !== undefined) setHeld({ end, at: toPoint(event) })
            }}
            onPointerUp={(event) => {
              if (held !== undefined) drop(end, toPoint(event))
              setHeld(undefined)
            }}
          />
        )
      })}
    </InViewport>
  )
}

/** Where the inline title of a state goes. */
export const titlePlace = ({ x, y, width, height }: PlacedState): Rect => ({
  x: x + 6,
  y: y + 6,
  width: width - 12,
  height,
})
