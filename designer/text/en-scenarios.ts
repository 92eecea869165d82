/**
 * The words of scenarios run on a draft before it is published, English; part of `en.ts`.
 *
 * Must not: hold what a scenario or a problem says of itself.
 */
export const scenarios = {
  title: 'Scenarios',
  none: 'The training room has no scenario of this process.',
  passed_one: '{{count}} run comes out as it should',
  passed_other: '{{count}} runs come out as they should',
  failed_one: '{{count}} does not',
  failed_other: '{{count}} do not',
  cannotRun: 'cannot run on this draft: {{why}}',
  run: '(run \u201c{{run}}\u201d)',
  mended: 'comes out as it should again.',
  nowOtherwise: 'comes out otherwise because of this draft.',
  asBefore: 'does not come out as it should, as before.',
  expected: 'Should be: {{outcome}}',
  found: 'Comes out: {{outcome}}',
  stopped: 'Stops at step {{step}}: it is not possible any more.',
  outcomePassed: 'passed, in {{states}}, broken: {{norms}}',
  outcomeFailed: 'not passed, in {{states}}, broken: {{norms}}',
  noNorm: 'nothing',
  required: 'Publish this process only where its scenarios come out as they should',
}
