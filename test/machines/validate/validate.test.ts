import { describe, expect, it } from 'vitest'
import { valueAt } from '../../../machines/definition/pointer.ts'
import { CODES, type ProblemCode } from '../../../machines/validate/codes.ts'
import { defaultContext, isPublishable, validate } from '../../../machines/validate/validate.ts'
import { broken, context, type Edit, GONE, sample } from './sample.ts'

const text = { en: 'x', zh: '甲' }
const titled = { meta: { title: text } }
const cel = (expression: string) => ({ '@expr': expression, '@lang': 'cel' })
const booked = '/states/booked'
const working = '/states/working'
const repairing = '/states/working/states/repairing'
const assigned = '/states/booked/on/visit.assigned'
const guards = `${assigned}/guard/params/guards`
const assign = `${assigned}/actions/0/context`
const fields = '/schemas/context/properties'
const events = '/schemas/events'
const startJob = `${repairing}/on/fault.found/actions/0/params`
const signal = '/states/working/states/waiting/on/fault.over/actions/0/params'
const raise = `${repairing}/entry/0`

const many = (count: number, entry: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, entry]))
const chain = (depth: number): unknown =>
  depth === 0 ? titled : { ...titled, initial: 'a', states: { a: chain(depth - 1) } }
const nots = (depth: number): unknown =>
  depth === 0 ? cel('true') : { type: 'not', params: { guard: nots(depth - 1) } }

/** One mistake each: what is changed in the sound definition, and where the one problem must be. */
const MISTAKES: Partial<Record<ProblemCode, readonly (readonly [path: string, ...edits: Edit[]])[]>> = {
  'not-json': [['/description', ['/description', () => 1]]],
  'too-large': [['', ['/description', 'x'.repeat(1024 * 1024)]]],
  'states-too-deep': [
    [
      `${booked}/states/a${'/states/a'.repeat(11)}`,
      [`${booked}/states`, { a: chain(12) }],
      [`${booked}/initial`, 'a'],
    ],
  ],
  'guard-too-deep': [
    [
      `${working}/on/visit.done/guard${'/params/guard'.repeat(8)}`,
      [`${working}/on/visit.done/guard`, nots(8)],
    ],
  ],
  'expression-too-long': [
    [`${guards}/3/@expr`, [`${guards}/3`, cel(`settings.limit > ${'1'.padStart(2000, ' ')}`)]],
  ],
  'wrong-type': [
    ['/initial', ['/initial', 1], ['/initial', ['booked']]],
    [assigned, [assigned, 'working']],
    [`${booked}/on`, [`${booked}/on`, []]],
    [`${assigned}/actions/1/params/to/0`, [`${assigned}/actions/1/params/to/0`, {}]],
    ['/meta/settings/limit/value', ['/meta/settings/limit/value', { a: 1 }]],
    [`${guards}/1`, [`${guards}/1`, null]],
  ],
  'missing-key': [
    ['/states/over/meta', ['/states/over/meta', {}]],
    [`${guards}/0/params`, [`${guards}/0/params`, { of: 'engineer' }]],
    [`${assigned}/actions/1`, [`${assigned}/actions/1/type`, GONE]],
  ],
  'unknown-key': [
    ['/initail', ['/initail', 'booked']],
    [`${guards}/0/params/cert`, [`${guards}/0/params/cert`, 'x']],
    [`${assigned}/actions/1/params/text`, [`${assigned}/actions/1/params/text`, 'x']],
    [`${assigned}/cond`, [`${assigned}/cond`, 'x']],
  ],
  'wrong-choice': [
    ['/states/over/type', ['/states/over/type', 'finale']],
    [`${fields}/appointment/format`, [`${fields}/appointment/format`, 'time']],
  ],
  'bad-format': [
    ['/delays/late/duration', ['/delays/late/duration', '30 minutes']],
    ['/meta/norms/0', ['/meta/norms/0', 'hv3']],
    ['/id', ['/id', 'Visit!']],
  ],
  'too-long': [['/id', ['/id', 'x'.repeat(81)]]],
  empty: [[`${working}/on/visit.done/target`, [`${working}/on/visit.done/target`, []]]],
  'out-of-range': [[`${fields}/engineer/maxLength`, [`${fields}/engineer/maxLength`, -1]]],
  'unknown-guard': [[`${guards}/0/type`, [`${guards}/0/type`, 'qualifed']]],
  'unknown-action': [[`${assigned}/actions/1/type`, [`${assigned}/actions/1/type`, 'mail']]],
  'unknown-role': [
    [`${events}/cancel/meta/roles/0`, [`${events}/cancel/meta/roles`, ['dispacher']]],
    [`${working}/meta/checklist/1/roles/0`, [`${working}/meta/checklist/1/roles`, ['boss']]],
  ],
  'reserved-name': [
    ['/states/constructor', ['/states/constructor', { type: 'final', ...titled }]],
    [
      `${events}/toString`,
      [`${events}/toString`, { meta: { title: text, roles: ['engineer'] } }],
      [`${working}/on/toString`, {}],
    ],
    [`${fields}/valueOf`, [`${fields}/valueOf`, { type: 'string', meta: { title: text, personal: true } }]],
    [
      '/delays/hasOwnProperty',
      ['/delays/hasOwnProperty', sample.delays.late],
      [`${booked}/after/hasOwnProperty`, {}],
    ],
    [`${working}/meta/checklist/0/id`, [`${working}/meta/checklist/0/id`, 'isPrototypeOf']],
    [`${startJob}/link`, [`${startJob}/link`, 'parent'], [`${signal}/to`, { link: 'parent' }]],
    ['/states/over/id', ['/states/over/id', 'constructor']],
    [`${booked}/on/__proto__`, [`${booked}/on/__proto__`, { target: 'over' }]],
    [`${booked}/on/constructor`, [`${booked}/on/constructor`, { target: 'over' }]],
  ],
  'bad-state-key': ['12', 'a.b', '#a', 'a b', 'x'.repeat(81), ''].map((key) => [
    `/states/${key}`,
    [`/states/${key}`, { type: 'final', ...titled }],
  ]),
  'bad-name': [
    [
      `${events}/Visit Me`,
      [`${events}/Visit Me`, { meta: { title: text, roles: ['engineer'] } }],
      [`${working}/on/*`, {}],
    ],
    [`${fields}/Kind`, [`${fields}/Kind`, { type: 'string', meta: { title: text, personal: true } }]],
    [
      `${events}/fault.found/properties/in-it`,
      [`${events}/fault.found/properties/in-it`, { type: 'string', ...titled }],
    ],
  ],
  'reserved-event': [
    [
      `${events}/xstate.init`,
      [`${events}/xstate.init`, { meta: { title: text, roles: ['engineer'] } }],
      [`${working}/on/xstate.init`, {}],
    ],
    [
      `${events}/fieldchart.tick`,
      [`${events}/fieldchart.tick`, { meta: { title: text, roles: ['engineer'] } }],
      [`${working}/on/fieldchart.tick`, {}],
    ],
  ],
  'duplicate-id': [
    ['/states/over/id', [`${booked}/id`, 'same'], ['/states/over/id', 'same']],
    ['/states/over/id', ['/states/over/id', 'visit']],
  ],
  'duplicate-item': [
    [
      `${working}/meta/checklist/1/id`,
      [`${working}/meta/checklist/0/id`, 'sign'],
      [`${working}/meta/checklist/1/id`, 'sign'],
    ],
  ],
  'unknown-target': [
    [`${working}/on/visit.done/target`, [`${working}/on/visit.done/target`, 'ovr']],
    [`${working}/on/visit.done/target/1`, [`${working}/on/visit.done/target`, ['over', '#no']]],
    [`${working}/states/back/target`, [`${working}/states/back/target`, 'nowhere']],
  ],
  'unknown-state': [
    [
      '/states/working/states/waiting/on/part.came/1/guard/params/state',
      ['/states/working/states/waiting/on/part.came/1/guard/params/state', 'waiting'],
    ],
  ],
  'unknown-event': [
    [`${booked}/on/visit.asigned`, [`${booked}/on/visit.asigned`, { target: 'working' }]],
    [`${booked}/on/job.*`, [`${booked}/on/job.*`, { target: 'working' }]],
    [`${raise}/event/type`, [`${raise}/event`, { type: 'part.nudged' }]],
    [`${startJob}/onEnd`, [`${startJob}/onEnd`, 'fault.ended']],
    [`${signal}/event`, [`${signal}/event`, 'tolled']],
  ],
  'unknown-field': [
    [`${assign}/cuont`, [`${assign}/cuont`, 2]],
    ['/meta/summary/0', ['/meta/summary/0', 'kinds']],
    [`${assigned}/actions/1/params/to/1/field`, [`${assigned}/actions/1/params/to/1/field`, 'enginer']],
    ['/schemas/context/required/0', ['/schemas/context/required', ['apointment', 'appointment']]],
    [`${guards}/0/params/of`, [`${guards}/0/params/of`, 'worker']],
    [`${startJob}/fields/place`, [`${startJob}/fields/place`, 'x']],
  ],
  'unknown-payload': [[`${raise}/event/payload/nite`, [`${raise}/event/payload/nite`, 'x']]],
  'missing-payload': [
    [`${raise}/event`, [`${raise}/event/payload`, GONE]],
    [signal, [`${signal}/payload`, {}]],
  ],
  'unknown-norm': [
    ['/meta/norms/0', ['/meta/norms/0', 'HV-99']],
    [`${booked}/after/late/actions/0/params/norm`, [`${booked}/after/late/actions/0/params/norm`, 'XX-01']],
  ],
  'norm-not-reportable': [['/meta/reportable/0', ['/meta/reportable/0', 'HV-03']]],
  'unknown-certificate': [
    [`${guards}/0/params/certificate`, [`${guards}/0/params/certificate`, 'product-trainin']],
  ],
  'unknown-calendar': [
    ['/delays/late/calendar', ['/delays/late/calendar', 'workng']],
    [`${guards}/1/params/calendar`, [`${guards}/1/params/calendar`, 'holidays']],
  ],
  'unknown-delay': [
    [`${booked}/after/later`, [`${booked}/after/later`, { target: 'over' }]],
    [`${booked}/after/1000`, [`${booked}/after/1000`, { target: 'over' }]],
    [`${raise}/delay`, [`${raise}/delay`, 'soon']],
  ],
  'unknown-process': [
    [`${startJob}/process`, [`${startJob}/process`, 'faults']],
    ['/meta/complaint', ['/meta/complaint', 'complaints']],
  ],
  'unknown-link': [[`${signal}/to/link`, [`${signal}/to/link`, 'failt']]],
  'unknown-item': [
    [
      '/states/working/states/waiting/on/part.came/0/guard/params/items/0',
      ['/states/working/states/waiting/on/part.came/0/guard/params/items/0', 'signed'],
    ],
  ],
  'unknown-raise': [
    [`${booked}/after/before/actions/0/id`, [`${booked}/after/before/actions/0/id`, 'other']],
  ],
  'link-conflict': [
    [
      `${startJob}/link`,
      [
        `${working}/on/visit.done/actions`,
        [{ type: 'startJob', params: { process: 'residency', link: 'fault', fields: { description: 'x' } } }],
      ],
    ],
  ],
  'event-not-for-system': [
    [`${startJob}/onEnd`, [`${events}/fault.over/meta/roles`, ['engineer']]],
    [`${signal}/event`, [`${signal}/event`, 'closed'], [`${signal}/payload`, {}]],
  ],
  'unmapped-field': [[startJob, [`${startJob}/fields`, {}]]],
  'not-a-person': [
    ['/meta/assignee', ['/meta/assignee', 'kind']],
    [`${assigned}/actions/1/params/to/1/field`, [`${assigned}/actions/1/params/to/1/field`, 'kind']],
    [`${guards}/0/params/of`, [`${guards}/0/params/of`, 'kind']],
  ],
  'within-what': [[`${guards}/1/params`, [`${guards}/1/params`, {}]]],
  'not-windows': [
    [`${guards}/2/params/guard/params/windows`, [`${fields}/freezes/items`, { type: 'string' }]],
  ],
  'missing-initial': [
    [working, [`${working}/initial`, GONE], [`${assigned}/target`, '#visit.working.repairing']],
  ],
  'unknown-initial': [
    [
      `${working}/initial`,
      [`${working}/initial`, 'over'],
      [`${assigned}/target`, '#visit.working.repairing'],
    ],
    [
      `${working}/initial`,
      [`${working}/initial`, 'toString'],
      [`${assigned}/target`, '#visit.working.repairing'],
    ],
  ],
  'needless-initial': [['/states/over/initial', ['/states/over/initial', 'x']]],
  'no-states': [
    [booked, [`${booked}/type`, 'compound']],
    [booked, [`${booked}/type`, 'parallel'], [`${booked}/states`, {}]],
  ],
  'needless-states': [
    [
      '/states/over/states',
      ['/states/over/states', { a: titled }],
      [`${booked}/on/visit.done`, { target: '#visit.over.a' }],
    ],
  ],
  'atomic-with-states': [
    [
      `${booked}/states`,
      [`${booked}/type`, 'atomic'],
      [`${booked}/states`, { a: titled }],
      [`${booked}/on/visit.done`, { target: '.a' }],
    ],
  ],
  'final-with-exits': [['/states/over/on', ['/states/over/on', { 'visit.done': { target: 'booked' } }]]],
  'history-with-content': [[`${working}/states/back/entry`, [`${working}/states/back/entry`, []]]],
  'history-only': [[`${booked}/history`, [`${booked}/type`, 'atomic'], [`${booked}/history`, 'deep']]],
  'history-target': [[`${working}/states/back/target`, [`${working}/states/back/target`, '#visit.over']]],
  'history-without-default': [[`${working}/states/back`, [`${working}/states/back/target`, GONE]]],
  'targets-conflict': [
    [`${working}/on/visit.done/target`, [`${working}/on/visit.done/target`, ['over', 'booked']]],
  ],
  'unreachable-state': [
    ['/states/island', ['/states/island', { ...titled, on: { 'visit.done': { target: 'over' } } }]],
  ],
  'dead-end': [
    [
      '/states/pit',
      ['/states/pit', titled],
      ['/on', {}],
      [`${booked}/on/cancel`, { target: 'pit' }],
      [`${working}/on/cancel`, { target: 'cancelled', meta: { waivesChecklist: true } }],
    ],
  ],
  'no-end': [['/states', ['/states/over/type', 'atomic'], ['/states/cancelled/type', 'atomic']]],
  'done-never': [[`${working}/onDone`, [`${working}/onDone`, { target: 'over' }]]],
  'unused-event': [[`${events}/idle`, [`${events}/idle`, { meta: { title: text, roles: ['engineer'] } }]]],
  'bad-descriptor': ['a.*.b', '', '*.a', 'A b'].map((key) => [
    `${working}/on/${key}`,
    [`${working}/on/${key}`, {}],
  ]),
  'no-roles': [[`${events}/cancel/meta/roles`, [`${events}/cancel/meta/roles`, []]]],
  'shadowed-transition': [
    [`${working}/on/visit.done/1`, [`${working}/on/visit.done`, [{ target: 'over' }, { target: 'booked' }]]],
    [
      `${working}/on/visit.done/1`,
      [`${working}/on/visit.done`, [{ guard: cel('true'), target: 'over' }, { target: 'booked' }]],
    ],
  ],
  'always-loop': [
    [`${booked}/always`, [`${booked}/always`, { target: 'booked' }]],
    [`${booked}/always`, [`${booked}/always`, { actions: [] }]],
    [
      '/states/ping/always',
      ['/states/ping', { ...titled, always: { target: 'booked' } }],
      [`${booked}/always`, [{ target: 'ping' }]],
    ],
  ],
  'always-loop-likely': [
    [`${booked}/always`, [`${booked}/always`, { target: 'booked', guard: cel('job.count > 1') }]],
  ],
  'expression-syntax': [
    [`${guards}/3/@expr`, [`${guards}/3`, cel('settings.limit > (')], ['/meta/settings', {}]],
  ],
  'expression-type': [
    [`${guards}/3/@expr`, [`${guards}/3`, cel('settings.limit + 1')]],
    [`${assign}/count/@expr`, [`${assign}/count`, cel('event.engineer')]],
    [`${assign}/engineer/@expr`, [`${assign}/engineer`, cel('now')]],
    [`${working}/meta/checklist/1/required/@expr`, [`${working}/meta/checklist/1/required`, cel('"yes"')]],
  ],
  'expression-unknown-name': [
    [`${guards}/3/@expr`, [`${guards}/3`, cel('settings.limit > job.cuont')]],
    [`${guards}/3/@expr`, [`${guards}/3`, cel('settings.limit > 1 && event.engine == ""')]],
    ['/delays/before/from/@expr', ['/delays/before/from', cel('event.at')]],
  ],
  'expression-forbidden': [
    [`${guards}/3/@expr`, [`${guards}/3`, cel('settings.limit > 1 && event.engineer.matches("a")')]],
  ],
  'expression-too-complex': [
    [
      `${guards}/3/@expr`,
      [`${guards}/3`, cel('settings.limit > 1 && [1].all(a, [1].all(b, [1].all(c, a + b + c > 1)))')],
    ],
  ],
  'wrong-value': [
    [`${assign}/kind`, [`${assign}/kind`, 'firmware']],
    [`${assign}/count`, [`${assign}/count`, 10]],
    [`${raise}/event/payload/note`, [`${raise}/event/payload/note`, 1]],
    [`${startJob}/fields/since`, [`${startJob}/fields/since`, 'yesterday']],
  ],
  'wrong-default': [[`${fields}/count/default`, [`${fields}/count/default`, 'none']]],
  'misplaced-keyword': [[`${fields}/count/minLength`, [`${fields}/count/minLength`, 1]]],
  'empty-range': [
    [
      `${fields}/count/minimum`,
      [`${fields}/count/minimum`, 10],
      [`${fields}/count/default`, GONE],
      [`${assign}/count`, null],
    ],
  ],
  'untitled-option': [[`${fields}/kind/enum/1`, [`${fields}/kind/meta/options/software`, GONE]]],
  'unknown-option': [[`${fields}/kind/meta/options/hard`, [`${fields}/kind/meta/options/hard`, text]]],
  'unused-field': [[`${fields}/spare`, [`${fields}/spare`, { type: 'string', ...titled }]]],
  'unused-setting': [['/meta/settings/spare', ['/meta/settings/spare', { value: 1, title: text }]]],
  'zero-delay': [['/delays/late/duration', ['/delays/late/duration', 'PT0S']]],
  'negative-delay': [['/delays/before/duration', ['/delays/before/from', GONE]]],
  'long-delay': [
    ['/delays/late/duration', ['/delays/late/duration', 'P11Y']],
    [
      '/delays/late/duration',
      ['/delays/late/duration', cel('settings.term')],
      ['/meta/settings/term', { value: 'P3700D', title: text }],
    ],
  ],
  'unused-delay': [['/delays/spare', ['/delays/spare', sample.delays.late]]],
  'nobody-ticks': [[`${working}/meta/checklist/1/roles`, [`${working}/meta/checklist/1/roles`, []]]],
  'item-bars-nothing': [
    [
      `${booked}/meta/checklist/0`,
      [`${booked}/meta/checklist`, [{ id: 'asked', title: text }]],
      [`${assigned}/meta`, { waivesChecklist: true }],
    ],
    ['/states/over/meta/checklist/0', ['/states/over/meta/checklist', [{ id: 'asked', title: text }]]],
  ],
  'no-text': [['/meta/title', ['/meta/title', {}]]],
  'missing-language': [
    ['/states/over/meta/title', ['/states/over/meta/title', { en: 'Over' }]],
    ['/states/over/meta/title', ['/states/over/meta/title', { en: '  ', zh: '完' }]],
  ],
  untitled: [
    ['/states/over', ['/states/over/meta', GONE]],
    [`${fields}/count`, [`${fields}/count/meta`, GONE]],
  ],
}

describe('validate', () => {
  it('finds nothing in a sound definition', () => {
    expect(validate(sample, context)).toEqual([])
  })

  const cases = Object.entries(MISTAKES).flatMap(([code, mistakes]) =>
    mistakes.map(([path, ...edits]) => ({ code, path, edits })),
  )
  it.each(cases)('$code at $path', ({ code, path, edits }) => {
    const input = broken(...edits)
    const problems = validate(input, context)
    expect(problems.map((problem) => [problem.code, problem.path])).toEqual([[code, path]])
    expect(valueAt(input, path).found).toBe(true)
  })

  it('counts states and events', () => {
    const states = many(500, { type: 'final', ...titled })
    const crowded = validate(broken(['/states', { ...sample.states, ...states }]), context)
    expect(
      crowded.filter(({ severity }) => severity === 'error').map(({ code, path }) => [code, path]),
    ).toEqual([['too-many-states', '/states']])
    const types = many(200, { meta: { title: text, roles: ['engineer'] } })
    const noisy = validate(
      broken([events, { ...sample.schemas.events, ...types }], [`${working}/on/*`, {}]),
      context,
    )
    expect(noisy.map(({ code, path }) => [code, path])).toEqual([['too-many-events', events]])
  })

  it('has a test for every code', () => {
    const tested = new Set([
      ...Object.keys(MISTAKES),
      'too-many-states',
      'too-many-events',
      'too-deep',
      'too-many-problems',
    ])
    expect(Object.keys(CODES).filter((code) => !tested.has(code))).toEqual([])
  })

  it('tells all problems at once, errors first, then by place', () => {
    const problems = validate(
      broken(
        ['/states/over/meta', GONE],
        ['/initial', 'boked'],
        [`${assigned}/actions/0`, { type: 'asign' }],
        [`${assigned}/actions/1/params/to/1/field`, 'enginer'],
        ['/delays/late/duration', 5],
        ['/meta/norms', ['HV-99']],
      ),
      context,
    )
    expect(problems.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual([
      'error wrong-type /delays/late/duration',
      'error unknown-initial /initial',
      'error unknown-norm /meta/norms/0',
      'error unknown-action /states/booked/on/visit.assigned/actions/0/type',
      'error unknown-field /states/booked/on/visit.assigned/actions/1/params/to/1/field',
      'warning untitled /states/over',
    ])
  })

  it('offers what would mend it', () => {
    const fixOf = (...edits: Edit[]) => validate(broken(...edits), context)[0]?.fix
    expect(fixOf(['/initail', 'booked'])).toMatchObject({ path: '/initail' })
    expect(fixOf(['/initial', GONE], ['/initail', 'booked'])).toMatchObject({
      path: '/initail',
      rename: 'initial',
    })
    expect(fixOf([`${working}/on/visit.done/target`, 'ovre'])).toMatchObject({ value: 'over' })
    expect(fixOf([`${working}/on/visit.done/target`, 'repairing'])).toMatchObject({
      value: '#visit.working.repairing',
    })
    expect(fixOf([assigned, 'working'])).toMatchObject({ path: assigned, value: { target: 'working' } })
    expect(fixOf([`${guards}/0/type`, 'qualifed'])).toMatchObject({ value: 'qualified' })
    expect(fixOf([`${booked}/on/visit.asigned`, {}])).toMatchObject({ rename: 'visit.assigned' })
    expect(fixOf([`${working}/states/waiting/on/part.came/1/guard/params/state`, 'waiting'])).toMatchObject({
      value: 'working.waiting',
    })
  })

  it('points into the text of an expression', () => {
    const [problem] = validate(broken([`${guards}/3`, cel('settings.limit > job.cuont')]), context)
    const { start = 0, end = 0 } = problem?.range ?? {}
    expect('settings.limit > job.cuont'.slice(start, end)).toContain('cuont')
  })

  it('lets a later way that waives the checklist follow one that it may bar', () => {
    const ways = [{ target: 'over' }, { target: 'booked', meta: { waivesChecklist: true } }]
    expect(validate(broken([`${working}/on/visit.done`, ways]), context)).toEqual([])
  })

  it('takes a moment itself for a deadline, and what is kept for the record for use', () => {
    const record = { type: 'string', meta: { title: text, description: text } }
    const edits: Edit[] = [
      ['/delays/before/duration', 'PT0S'],
      [`${fields}/aboutJob`, record],
      [`${assign}/kind`, cel('has(event.engineer) ? dyn("hardware") : dyn(null)')],
    ]
    expect(validate(broken(...edits), context)).toEqual([])
  })

  it('does not call a round endless that its guards or its fields can stop', () => {
    const there = { ...titled, always: { target: 'booked', guard: cel('job.count < 1') } }
    const stops = validate(
      broken(
        ['/states/there', there],
        [`${booked}/always`, { target: 'there', guard: cel('job.count > 1') }],
      ),
      context,
    )
    expect(stops).toEqual([])
    const counts = {
      guard: cel('job.count < 3'),
      actions: [{ type: '@xstate.assign', context: { count: 3 } }],
    }
    expect(validate(broken([`${booked}/always`, counts]), context)).toEqual([])
  })

  it('knows that parallel regions let each other out, and end the job together', () => {
    const region = {
      ...titled,
      initial: 'a',
      states: { a: { ...titled, on: { 'visit.done': { target: 'z' } } }, z: { type: 'final', ...titled } },
    }
    const input = broken(
      [`${working}/type`, 'parallel'],
      [`${working}/initial`, GONE],
      [`${working}/states/one`, region],
      [`${working}/states/two`, titled],
      [`${working}/states/repairing/on/visit.done`, { target: '#visit.over' }],
      [`${working}/states/back`, GONE],
      [`${working}/states/waiting/on/part.came/0`, { target: '#visit.over', guard: cel('job.count > 2') }],
      ['/on', {}],
      ['/states/cancelled', GONE],
      [`${events}/cancel`, GONE],
    )
    const problems = validate(input, context)
    expect(problems.filter(({ code }) => code === 'dead-end' || code === 'unreachable-state')).toEqual([])
  })

  it('can be asked with what is shipped', () => {
    const shipped = defaultContext()
    expect(shipped.norms.size).toBe(195)
    expect(shipped.calendars.has('working')).toBe(true)
    expect(isPublishable(validate({}, shipped))).toBe(false)
  })
})
