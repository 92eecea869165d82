/**
 * The words of scenarios as tests of a draft, English; part of `en.ts`.
 *
 * Must not: hold what a scenario, a definition or a refusal says of itself.
 */
export const tested = {
  title: 'Scenarios',
  lead: 'Every known run of the scenarios of this process is gone through by the draft.',
  running: 'Running the scenarios…',
  unsaved: 'The draft is not saved yet.',
  none: 'This process has no scenarios yet.',
  library: 'Write one',
  passed_one: '{{count}} known run comes out as it says.',
  passed_other: 'All {{count}} known runs come out as they say.',
  sum_one: '{{count}} known run, {{passed}} as it says.',
  sum_other: '{{count}} known runs, {{passed}} as they say.',
  cannot_one: '{{count}} scenario cannot run any more.',
  cannot_other: '{{count}} scenarios cannot run any more.',
  verdict: {
    cannot: 'Cannot run',
    changed: 'Changed by this draft',
    mended: 'As it says again',
    still: 'As in version {{version}}',
    failed: 'Otherwise',
  },
  run: '{{scenario}}: {{run}}',
  open: 'Open the scenario “{{title}}”',
  more_one: '{{count}} more problem',
  more_other: '{{count}} more problems',
  showMore_one: 'Show {{count}} more',
  showMore_other: 'Show {{count}} more',
  why: {
    step: 'Step {{step}} is not possible: {{why}}',
    stepBare: 'Step {{step}} is not possible.',
    begin: 'It cannot begin.',
    passed: 'Passes; should fail.',
    failed: 'Fails ({{points}} points); should pass.',
    status: 'Job: {{is}}; should be: {{expected}}.',
    states: 'Ends in {{is}}; should be in {{expected}}.',
    broken: 'Now broken: {{norms}}.',
    kept: 'No longer broken: {{norms}}.',
  },
  require: 'Publish only where all of them come out as they say',
  requireHint: 'Holds for every way of publishing this process.',
  ruledOn: '{{who}} asked for it on {{when}}.',
  ruledOff: '{{who}} took it back on {{when}}.',
  bars_one:
    'Publishing is refused until this one comes out as it says: mend the draft, or the scenario where the new way is right.',
  bars_other:
    'Publishing is refused until these {{count}} come out as they say: mend the draft, or the scenarios where the new way is right.',
} as const
