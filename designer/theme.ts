/**
 * The look of the pages: colours with enough contrast in both themes, fonts that hold Chinese, sizes.
 *
 * Must not: name a colour anywhere else than here and in `canvas/chart.css`.
 */
import { createTheme } from '@mantine/core'
import { FONT } from '../machines/drawing/metrics.ts'

/** The list itself scrolls, so that what scrolls is what the keyboard moves in. */
const LIST = {
  defaultProps: { withScrollArea: false },
  styles: { options: { maxHeight: 260, overflowY: 'auto' } },
} as const

export const theme = createTheme({
  fontFamily: FONT,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Noto Sans Mono CJK SC', monospace",
  primaryColor: 'cyan',
  primaryShade: { light: 9, dark: 9 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: { fontFamily: FONT, fontWeight: '650' },
  components: {
    Tooltip: { defaultProps: { withArrow: true, multiline: true, maw: 360, openDelay: 150, zIndex: 400 } },
    Select: LIST,
    MultiSelect: LIST,
    Badge: { styles: { label: { textTransform: 'none' } } },
  },
})
