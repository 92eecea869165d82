/**
 * The few signs the pages use, drawn as lines in the colour of their text.
 *
 * Must not: carry meaning alone; each stands beside words or in a control with a name.
 */
import type { ReactElement } from 'react'
import { DRAWING_ICONS } from '../../machines/drawing/icons.ts'

const PATHS = {
  ...DRAWING_ICONS,
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M4 12H2M22 12h-2M5 5l1.400 1.400M17.600 17.600 19 19M5 19l1.400-1.400M17.600 6.400 19 5',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500',
  translate:
    'M4 6h9M8.500 4v2M11.500 6c-.8 4-3.500 7-7 8.500M6 9c1.200 2.600 3.500 4.600 6 5.500M12.500 20l4-9.500 4 9.500M14 17h5',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.500 20.500c1-4 4-5.500 7.500-5.500s6.500 1.500 7.500 5.500',
  bell: 'M6 16v-5a6 6 0 0 1 12 0v5l1.500 2.500h-15zM10 21.500h4',
  letter: 'M3.500 6h17v12.500h-17zM3.500 7l8.500 6.500L20.500 7',
  alert: 'M12 4 2.500 20h19zM12 10v4.500M12 17v.3',
  phone:
    'M6.500 3.500h3l1.500 4.500-2 1.500a12 12 0 0 0 5.500 5.500l1.500-2 4.500 1.500v3c0 1.200-.9 2-2 2A15 15 0 0 1 4.500 5.500c0-1.100.8-2 2-2',
  camera: 'M3.500 7.500h4L9 5h6l1.500 2.500h4V19h-17zM12 9.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7',
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M15.500 15.500 20 20',
  back: 'M19 12H5M11 6l-6 6 6 6',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.500 10 17.500 19.500 7',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  alone: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M9.500 9.500h5v5h-5z',
  arrangeNew: 'M9 3h6v5H9zM3 16h6v5H3zM12 8v4M6 16v-4h12M18 15v6M15 18h6',
  foldAll: 'M5 12h14M12 3v6M9 6l3 3 3-3M12 21v-6M9 18l3-3 3 3',
  unfoldAll: 'M5 12h14M12 9V3M9 6l3-3 3 3M12 15v6M9 18l3 3 3-3',
  tilde: 'M4.500 14c2-5 5-5 7.500-2s5.500 3 7.500-2',
  undo: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  redo: 'M15 14l5-5-5-5M20 9H10a6 6 0 0 0 0 12h3',
  parallel: 'M4 5h16v14H4zM12 5v14',
  final: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8',
  history: 'M4 12a8 8 0 1 0 2.500-5.800M4 4v4h4M12 8v4l3 2',
  arrange: 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4',
  zoom: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M15.500 15.500 20 20M10.500 8v5M8 10.500h5',
  rename: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  copy: 'M8 8h12v12H8zM16 8V4H4v12h4',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  alignLeft: 'M4 3v18M8 6h12v4H8zM8 14h7v4H8z',
  alignTop: 'M3 4h18M6 8h4v12H6zM14 8h4v7h-4z',
  spreadAcross: 'M4 4v16M20 4v16M9 8h6v8H9z',
  spreadDown: 'M4 4h16M4 20h16M8 9h8v6H8z',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  unfold: 'M6 9.500l6 6 6-6',
  code: 'M8 7l-5 5 5 5M16 7l5 5-5 5M13.500 5l-3 14',
  play: 'M7 4.500v15l12-7.500z',
  pause: 'M8 5v14M16 5v14',
  more: 'M4.500 12h1M11.500 12h1M18.500 12h1',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
} as const
export type IconName = keyof typeof PATHS

export function Icon({ name, size = 18 }: { name: IconName; size?: number }): ReactElement {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}

export function Logo({ size = 28 }: { size?: number }): ReactElement {
  return <img src="/favicon.svg" width={size} height={size} alt="" />
}
