/**
 * The palette at the side of the canvas, and the pad beside what is selected.
 *
 * Must not: hold what cannot be done by a key or a menu as well.
 */
import { NodeToolbar, Panel, Position } from '@xyflow/react'
import type { ReactElement } from 'react'
import { stateId } from '../../machines/drawing/graph.ts'
import type { Kind } from '../document/questions.ts'
import type { IconName } from '../shell/icons.tsx'
import { type Tool, Tools } from './canvas-parts.tsx'
import type { Words } from './chart-words.ts'
import type { Canvas } from './use-canvas.ts'

const KINDS: readonly (readonly [Kind, IconName])[] = [
  ['atomic', 'plus'],
  ['compound', 'group'],
  ['parallel', 'parallel'],
  ['final', 'final'],
  ['history', 'history'],
]

export function CanvasBars({
  canvas,
  words: { t, model },
  search,
  zoomTo,
}: {
  canvas: Canvas
  words: Words
  search(): void
  zoomTo(): void
}): ReactElement {
  const { states, only } = canvas
  const palette: Tool[] = [
    ...KINDS.map(
      ([kind, icon]): Tool => ({
        icon,
        label: t(`edit.add.${kind}`),
        ...(kind === 'atomic' ? { keys: 'N' } : {}),
        run: () => canvas.create(kind),
      }),
    ),
    { icon: 'arrange', label: t('edit.arrange'), run: () => void canvas.arrangeAll() },
    { icon: 'search', label: t('edit.search'), keys: 'Ctrl+F', run: search },
    {
      icon: 'zoom',
      label: t('edit.zoomTo'),
      keys: 'Z',
      run: zoomTo,
      off: states.length === 0 && canvas.way === undefined,
    },
  ]
  const kind = only === undefined ? undefined : model.states.get(only)?.kind
  const leads = kind !== undefined && kind !== 'final' && kind !== 'history'
  const pad: Tool[] = [
    ...(leads
      ? [{ icon: 'always', label: t('edit.way'), keys: 'T', run: () => canvas.askWay() } as const]
      : []),
    ...(only === undefined
      ? []
      : [
          { icon: 'rename', label: t('edit.rename'), keys: 'F2', run: () => canvas.setNaming(only) } as const,
        ]),
    { icon: 'copy', label: t('edit.duplicate'), keys: 'Ctrl+D', run: canvas.duplicate },
    ...(states.length > 1
      ? ([
          { icon: 'alignLeft', label: t('edit.alignLeft'), run: () => canvas.line('left') },
          { icon: 'alignTop', label: t('edit.alignTop'), run: () => canvas.line('top') },
        ] as const)
      : []),
    ...(states.length > 2
      ? ([
          { icon: 'spreadAcross', label: t('edit.spreadAcross'), run: () => canvas.line('across') },
          { icon: 'spreadDown', label: t('edit.spreadDown'), run: () => canvas.line('down') },
        ] as const)
      : []),
    { icon: 'trash', label: t('edit.delete'), keys: 'Del', run: canvas.remove },
  ]
  return (
    <>
      <Panel position="top-left">
        <Tools label={t('edit.palette')} tools={palette} upright />
      </Panel>
      <NodeToolbar
        nodeId={states.map(stateId)}
        isVisible={states.length > 0 && canvas.naming === undefined}
        position={Position.Top}
        align="start"
        offset={10}
      >
        <Tools label={t('edit.pad')} tools={pad} />
      </NodeToolbar>
    </>
  )
}
