/**
 * What stands on the drawing beside React Flow's nodes and edges, and moves and grows with them.
 *
 * Promises: the place for it is looked up once; React Flow's own portals look it up with every move of anything.
 */
import { type ReactFlowState, useStore } from '@xyflow/react'
import { type ReactElement, type ReactNode, useMemo } from 'react'
import { createPortal } from 'react-dom'

const paneOf = ({ domNode }: ReactFlowState): HTMLDivElement | null => domNode

function InLayer({ layer, children }: { layer: string; children: ReactNode }): ReactElement | null {
  const pane = useStore(paneOf)
  const host = useMemo(() => pane?.querySelector(layer), [pane, layer])
  return host instanceof Element ? createPortal(children, host) : null
}

/** Above all states. */
export const InViewport = ({ children }: { children: ReactNode }): ReactElement => (
  <InLayer layer=".react-flow__viewport-portal">{children}</InLayer>
)
/** Where labels lie: above lines and below states. */
export const AmongLabels = ({ children }: { children: ReactNode }): ReactElement => (
  <InLayer layer=".react-flow__edgelabel-renderer">{children}</InLayer>
)
