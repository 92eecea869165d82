/** What can be done on every page. */
import type { Text } from '../../machines/definition/schema.ts'
import type { Action, Choice } from './action.ts'
import { enterNext } from './regions.ts'

export type AppScene = {
  readonly processes: readonly { readonly id: string; readonly title: Text }[]
  go(address: string): void
  switchTheme(): void
  switchLanguage(): void
  showPalette(): void
  showSheet(): void
  signOut(): void
}

const at = (id: string): string => `/processes/${encodeURIComponent(id)}`
const choicesOf = ({ processes, go }: AppScene, address: (id: string) => string): Choice[] =>
  processes.map(({ id, title }) => ({
    id,
    label: { en: title.en ?? title.zh ?? id, zh: title.zh ?? title.en ?? id },
    detail: { en: id, zh: id },
    run: () => go(address(id)),
  }))
const noProcess = ({ processes }: AppScene): 'actions.why.noProcess' | undefined =>
  processes.length === 0 ? 'actions.why.noProcess' : undefined

export const APP_ACTIONS: readonly Action<AppScene>[] = [
  {
    id: 'app.palette',
    title: 'actions.palette',
    group: 'app',
    icon: 'search',
    keys: ['Mod+K', 'Mod+Shift+P'],
    whileTyping: true,
    keysOnly: true,
    run: ({ showPalette }) => showPalette(),
  },
  {
    id: 'app.sheet',
    title: 'actions.sheet',
    group: 'app',
    icon: 'checklist',
    keys: ['?'],
    run: ({ showSheet }) => showSheet(),
  },
  {
    id: 'app.nextRegion',
    title: 'actions.nextRegion',
    group: 'go',
    keys: ['F6'],
    whileTyping: true,
    keysOnly: true,
    run: () => enterNext(false),
  },
  {
    id: 'app.lastRegion',
    title: 'actions.lastRegion',
    group: 'go',
    keys: ['Shift+F6'],
    whileTyping: true,
    keysOnly: true,
    run: () => enterNext(true),
  },
  {
    id: 'app.processes',
    title: 'actions.goProcesses',
    group: 'go',
    run: ({ go }) => go('/'),
  },
  { id: 'app.jobs', title: 'actions.goJobs', group: 'go', run: ({ go }) => go('/jobs') },
  { id: 'app.dispatch', title: 'dispatch.go', group: 'go', run: ({ go }) => go('/dispatch') },
  { id: 'app.call', title: 'call.go', group: 'go', run: ({ go }) => go('/call') },
  { id: 'app.inbox', title: 'inbox.go', group: 'go', icon: 'bell', run: ({ go }) => go('/inbox') },
  {
    id: 'app.process',
    title: 'actions.goProcess',
    group: 'go',
    barred: noProcess,
    atRoot: true,
    choices: (scene) => choicesOf(scene, at),
  },
  {
    id: 'app.design',
    title: 'actions.goDesign',
    group: 'go',
    icon: 'rename',
    barred: noProcess,
    choices: (scene) => choicesOf(scene, (id) => `${at(id)}/design`),
  },
  {
    id: 'app.theme',
    title: 'actions.theme',
    group: 'app',
    icon: 'moon',
    run: ({ switchTheme }) => switchTheme(),
  },
  {
    id: 'app.language',
    title: 'actions.language',
    group: 'app',
    icon: 'translate',
    run: ({ switchLanguage }) => switchLanguage(),
  },
  { id: 'app.signOut', title: 'access.signOut', group: 'app', icon: 'user', run: ({ signOut }) => signOut() },
]
