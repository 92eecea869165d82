/**
 * The signs of a drawing, as lines on a field of 24 by 24: the same on the page and in pictures.
 *
 * Must not: carry meaning alone; each stands beside words or a count.
 */
export const DRAWING_ICONS = {
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.500 2',
  checklist: 'M4 6.500 6 8.500 9.500 4.500M4 16.500l2 2 3.500-4M13 7h7M13 17h7',
  entry: 'M4 5v14M8 12h12M15 7l5 5-5 5',
  exit: 'M20 5v14M4 12h12M11 7l5 5-5 5',
  group: 'M4 5h16v14H4zM4 9h16M8 13h8v3H8z',
  event: 'M13 3 5 13.500h6L10 21l8.500-11H12z',
  always: 'M4 12h13M12 7l5 5-5 5M21 6v12',
  done: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12.300l3 3 5.500-6',
  action: 'M5 5h14v14H5zM10 9l4.500 3L10 15z',
  warning: 'M12 4 2.500 20h19zM12 10v4.500M12 17v.3',
} as const
export type DrawingIcon = keyof typeof DRAWING_ICONS
