/**
 * What a drawing says of its own, in English: triggers, guards, actions, badges. The Chinese has the same keys.
 *
 * Must not: hold what a definition says of itself, or what only the pages around a drawing say.
 */
import { ROLE_WORDS } from '../../definition/role-words.ts'
export const drawing = {
  common: { list: ', ' },
  chart: {
    unresolved: 'Leads to “{{target}}”, which does not exist',
    entry: 'On entry',
    exit: 'On exit',
    checklist: 'Checklist',
    actions: 'Actions',
    more: '+{{count}}',
    calendarNamed: '{{calendar}}',
    holds: 'Folded; states within: {{count}}',
  },
  trigger: {
    after: 'after {{duration}}',
    before: '{{duration}} before {{from}}',
    afterFrom: '{{duration}} after {{from}}',
    at: 'at {{from}}',
    computed: 'after a computed time',
    always: 'at once',
    done: 'when finished',
    any: 'any event',
    unknownDelay: 'after “{{delay}}”',
  },
  guard: {
    and: 'and',
    or: 'or',
    not: 'not {{what}}',
    notSign: 'not',
    set: '{{what}} is set',
    in: 'in',
    checklistDone: 'checklist done',
    stateIn: 'in “{{state}}”',
    qualified: 'holds certificate {{certificate}}',
    qualifiedOf: '{{person}} holds certificate {{certificate}}',
    within: 'within {{calendar}}',
    withinWindows: 'within the windows of {{field}}',
    unknown: 'unknown condition',
  },
  action: {
    assign: 'set {{fields}}',
    raise: 'raise {{event}}',
    raiseAfter: 'raise {{event}} after {{delay}}',
    cancel: 'take back {{id}}',
    breach: 'breach of {{norm}} ({{severity}})',
    remind: 'remind {{to}}: {{message}}',
    notify: 'notify {{to}}: {{message}}',
    startJob: 'start {{process}}',
    signal: 'tell {{to}}: {{event}}',
    parent: 'the job that started this one',
    unknown: 'unknown action',
  },
  roles: ROLE_WORDS.en,
  severity: { minor: 'Minor', major: 'Major', critical: 'Critical' },
}
