/**
 * What the palette lists for what is typed.
 *
 * Promises: both languages are searched, whichever is shown; the best come first. Must not: draw.
 */
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { IconName } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { type Barred, type Bound, type Choice, GROUPS, type MessageKey, type Said } from './action.ts'
import { rating } from './fuzzy.ts'

export type Item = {
  readonly key: string
  readonly title: string
  readonly detail: string
  /** The heading it stands under where nothing is typed. */
  readonly group: string
  readonly icon: IconName | undefined
  readonly keys: string | undefined
  /** Why it cannot be done now. */
  readonly why: string | undefined
  readonly run?: () => void
  /** The action whose choices come next. */
  readonly ask?: Bound
}

/** How the palette's words are said and searched. */
export type Saying = {
  say(said: Said): string
  tell(key: MessageKey): string
  /** In both languages, the reader's first. */
  both(said: MessageKey | Said): string[]
  why(barred: Barred): string
}

export function useSaying(): Saying {
  const { t, i18n } = useTranslation()
  const { say, language } = useSpeech()
  return useMemo(() => {
    const other: TFunction = i18n.getFixedT(language.startsWith('zh') ? 'en' : 'zh-CN')
    const both = (said: MessageKey | Said): string[] => {
      if (typeof said === 'string') return [t(said), other(said)]
      return 'key' in said ? [t(said.key, said.values), other(said.key, said.values)] : [said.en, said.zh]
    }
    return {
      say: (said) => ('key' in said ? t(said.key, said.values) : say(said)),
      tell: (key) => t(key),
      both,
      why: (barred) => (typeof barred === 'string' ? t(barred) : say(barred)),
    }
  }, [t, i18n, say, language])
}

/** So many are listed; who wants others types on. */
const MOST = 60
/** Places are found after the actions that fit alike. */
const PLACE = 8

type Ranked = { readonly item: Item; readonly score: number; readonly order: number }

export function itemsOf(
  actions: readonly Bound[],
  asked: Bound | undefined,
  query: string,
  saying: Saying,
): Item[] {
  const ranked =
    asked === undefined
      ? atRoot(actions, query, saying)
      : (asked.choices?.() ?? []).flatMap((choice, order) => ofChoice(asked, choice, query, saying, order, 0))
  return ranked
    .toSorted((one, other) => other.score - one.score || one.order - other.order)
    .slice(0, MOST)
    .map(({ item }) => item)
}

function atRoot(actions: readonly Bound[], query: string, saying: Saying): Ranked[] {
  const listed = actions.filter(({ keysOnly }) => keysOnly !== true)
  const own = listed.flatMap((action): Ranked[] => {
    const score = rating(query, saying.both(action.title))
    if (score === undefined) return []
    const barred = action.barred()
    const item: Item = {
      key: action.id,
      title: saying.tell(action.title),
      detail: '',
      group: saying.tell(`actions.groups.${action.group}`),
      icon: action.icon,
      keys: action.keys?.[0],
      why: barred === undefined ? undefined : saying.why(barred),
      ...(action.run === undefined ? { ask: action } : { run: action.run }),
    }
    return [{ item, score: score - (barred === undefined ? 0 : 1), order: GROUPS.indexOf(action.group) }]
  })
  if (query.trim() === '') return own
  const places = listed.filter((action) => action.atRoot === true && action.barred() === undefined)
  return [
    ...own,
    ...places.flatMap((action) =>
      (action.choices?.() ?? []).flatMap((choice) =>
        ofChoice(action, choice, query, saying, GROUPS.length, PLACE),
      ),
    ),
  ]
}

function ofChoice(
  { id, icon }: Bound,
  choice: Choice,
  query: string,
  saying: Saying,
  order: number,
  less: number,
): Ranked[] {
  const { label, detail, barred, run } = choice
  const texts = [...saying.both(label), ...(detail === undefined ? [] : saying.both(detail))]
  const score = rating(query, texts)
  if (score === undefined) return []
  const item: Item = {
    key: `${id} ${choice.id}`,
    title: saying.say(label),
    detail: detail === undefined ? '' : saying.say(detail),
    group: '',
    icon,
    keys: undefined,
    why: barred === undefined ? undefined : saying.why(barred),
    run,
  }
  return [{ item, score: score - less, order }]
}
