/**
 * Small buttons on a group: folded, opened, shown alone.
 *
 * Must not: be the only way; keys and the list of actions do the same. They are for the mouse, and so no tab stops.
 */
import { createContext, type ReactElement, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon, type IconName } from '../shell/icons.tsx'

export type GroupWork = {
  readonly mayFold: boolean
  fold(path: string, folded: boolean): void
  showAlone(path: string): void
  /** The group that is shown alone. */
  readonly home: string
}
/** Undefined on a drawing that is only read. */
export const GroupWorkContext = createContext<GroupWork | undefined>(undefined)

export function GroupTools({ path, folded }: { path: string; folded: boolean }): ReactElement | null {
  const { t } = useTranslation()
  const work = useContext(GroupWorkContext)
  if (work === undefined || path === '' || path === work.home) return null
  const tool = (icon: IconName, label: string, run: () => void): ReactElement => (
    <button
      key={icon}
      type="button"
      className="chart-tool nodrag nopan"
      tabIndex={-1}
      aria-label={label}
      data-tip={label}
      onClick={(event) => {
        event.stopPropagation()
        run()
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Icon name={icon} size={14} />
    </button>
  )
  return (
    <span className="chart-tools">
      {tool('alone', t('canvas.alone'), () => work.showAlone(path))}
      {work.mayFold
        ? tool(folded ? 'plus' : 'minus', t(folded ? 'canvas.unfold' : 'canvas.fold'), () =>
            work.fold(path, !folded),
          )
        : null}
    </span>
  )
}
