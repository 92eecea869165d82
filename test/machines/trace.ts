/**
 * A job's history as lines that a person reads: what came in, from whom, where the job stands then, what broke.
 */
import type { Command, Entry } from '../../machines/advance/job.ts'
import type { Rehearsal } from './kit.ts'

/** One line an entry: `answer (hotline-agent) -> greeting`, `~threeRings -> ringing.hotline !PC-01`, `v greetingGiven`. */
export function trace({ history }: Rehearsal): string[] {
  const delays = new Map(history.flatMap((entry) => entry.armed.map((timer) => [timer.token, timer.delay])))
  return history.map((entry) => {
    const what = nameOf(entry.command, delays)
    const who = entry.command.kind === 'timer' ? '' : ` (${entry.actor.name})`
    const where = entry.command.kind === 'tick' ? '' : ` -> ${entry.active.join(' + ') || entry.status}`
    return `${what}${who}${where}${startedBy(entry)}${entry.norms.broken.map((norm) => ` !${norm}`).join('')}`
  })
}

function nameOf(command: Command, delays: ReadonlyMap<string, string>): string {
  switch (command.kind) {
    case 'event':
      return command.type
    case 'timer':
      return `~${delays.get(command.token) ?? command.token}`
    case 'tick':
      return `v ${command.item}`
    default:
      return command.kind
  }
}

const startedBy = (entry: Entry): string =>
  entry.effects.map((effect) => (effect.type === 'startJob' ? ` +${effect.process}` : '')).join('')
