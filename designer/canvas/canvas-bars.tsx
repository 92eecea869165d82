/**
 * The palette at the side of the canvas, and the pad beside what is selected.
 *
 * Promises: both are made from the list of actions, so each tool has a key or stands in the palette of commands too.
 */
import { NodeToolbar, Panel, Position } from '@xyflow/react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { stateId } from '../../machines/drawing/graph.ts'
import { bound } from '../actions/action.ts'
import { onMac } from '../actions/action-keys.ts'
import { CANVAS_ACTIONS } from '../actions/canvas-actions.ts'
import type { CanvasScene } from '../actions/canvas-scene.ts'
import { useActions } from '../actions/register.ts'
import { shownKeys } from '../actions/shortcut.ts'
import { type Tool, Tools } from './canvas-parts.tsx'

const PALETTE = [
  'add.atomic',
  'add.compound',
  'add.parallel',
  'add.final',
  'add.history',
  'arrange.all',
  'arrange.new',
  'fold.all',
  'fold.none',
  'look.search',
  'look.zoomTo',
]
const PAD = [
  'add.way',
  'change.rename',
  'change.duplicate',
  'change.extract',
  'look.alone',
  'fold.in',
  'fold.out',
  'arrange.selection',
  'arrange.left',
  'arrange.top',
  'arrange.across',
  'arrange.down',
  'change.delete',
]

export function CanvasBars({ scene }: { scene: CanvasScene }): ReactElement {
  const { t } = useTranslation()
  const { perform } = useActions()
  const { states, naming } = scene.canvas
  const tools = (ids: readonly string[]): Tool[] =>
    ids.flatMap((id): Tool[] => {
      const found = CANVAS_ACTIONS.find((each) => each.id === id)
      if (found?.icon === undefined) return []
      const action = bound(found, () => scene)
      const [keys] = found.keys ?? []
      return [
        {
          icon: found.icon,
          label: t(found.title),
          ...(keys === undefined ? {} : { keys: shownKeys(keys, onMac()) }),
          run: () => perform(action),
          off: action.barred() !== undefined,
        },
      ]
    })
  return (
    <>
      <Panel position="top-left">
        <Tools label={t('edit.palette')} tools={tools(PALETTE)} upright />
      </Panel>
      <NodeToolbar
        nodeId={states.map(stateId)}
        isVisible={states.length > 0 && naming === undefined}
        position={Position.Top}
        align="start"
        offset={10}
      >
        {/* What cannot be done with this selection is left out here; the palette says why. */}
        <Tools label={t('edit.pad')} tools={tools(PAD).filter(({ off }) => off !== true)} />
      </NodeToolbar>
    </>
  )
}
