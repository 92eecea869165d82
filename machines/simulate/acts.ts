/**
 * What others do in a rehearsal: speak, send events, tick items, end linked jobs.
 *
 * Promises: an act that the process does not take changes nothing and is told with its reasons.
 * Must not: be scored; only the trainee is.
 */
import { advance } from '../advance/advance.ts'
import { type Command, SYSTEM } from '../advance/job.ts'
import type { Text } from '../definition/schema.ts'
import { absorb, say } from './absorb.ts'
import { actorOf } from './people.ts'
import type { Act, Hand } from './scenario.ts'
import type { Sim } from './sim.ts'
import { surroundingsOf } from './standing.ts'

/** What a history keeps of a text; the same for all readers. */
const plainText = (text: Text): string => text.zh ?? text.en ?? ''

function commandOf(sim: Sim, act: Act): Command | undefined {
  switch (act.act) {
    case 'event':
      return {
        kind: 'event',
        type: act.type,
        ...(act.payload === undefined ? {} : { payload: act.payload }),
      }
    case 'tick':
      return {
        kind: 'tick',
        item: act.item,
        ...(act.evidence === undefined ? {} : { evidence: act.evidence }),
      }
    case 'complain':
      return {
        kind: 'complain',
        text: plainText(act.text),
        ...(act.quality === undefined ? {} : { quality: act.quality }),
      }
    case 'correct':
      return { kind: 'correct', fields: act.fields, reason: plainText(act.reason) }
    case 'end': {
      const linked = sim.job.links.findLast(({ link }) => link === act.link)
      return {
        kind: 'linkEnded',
        job: linked?.job ?? '',
        status: act.status,
        fields: act.fields ?? {},
      }
    }
    case 'hand':
      return handOf(act.hand)
    default:
      return undefined
  }
}

function handOf(hand: Hand): Command {
  switch (hand.kind) {
    case 'suspend':
    case 'cancel':
    case 'reassign':
    case 'moveTo':
      return { ...hand, reason: plainText(hand.reason) }
    case 'reportBreach': {
      const { note, ...report } = hand
      return { ...report, ...(note === undefined ? {} : { note: plainText(note) }) }
    }
    default:
      return hand
  }
}

export function carryOutAct(sim: Sim, act: Act): Sim {
  if (act.act === 'tell') return say(sim, { is: 'told', text: act.text })
  if (act.act === 'say') {
    const { by, text, temper } = act
    const said = say(sim, { is: 'said', by, text, ...(temper === undefined ? {} : { temper }) })
    return temper === undefined ? said : { ...said, tempers: { ...said.tempers, [by]: temper } }
  }
  const command = commandOf(sim, act)
  if (command === undefined) return sim
  const actor = act.act === 'end' ? SYSTEM : actorOf(sim.setup.scenario, act.by)
  const advanced = advance(sim.compiled, sim.job, command, surroundingsOf(sim, actor))
  if (!advanced.ok) return say(sim, { is: 'lapsed', act, reasons: advanced.refusal.reasons })
  return absorb(say(sim, { is: 'acted', by: actor.id, act }), advanced, { from: 'engine', counts: true })
}

export const carryOutActs = (sim: Sim, acts: readonly Act[]): Sim =>
  acts.reduce((present, act) => (present.over === undefined ? carryOutAct(present, act) : present), sim)
