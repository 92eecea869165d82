/**
 * Results of scenarios as JUnit XML, for a company's own build server.
 *
 * Promises: well-formed XML 1.0 whatever the texts hold.
 */
export type JunitCase = { suite: string; name: string; failure?: string }

/** Characters that XML 1.0 has no way to write are left out. */
const escaped = (text: string): string =>
  [...text]
    .filter((letter) => {
      const code = letter.codePointAt(0) ?? 0
      const control = code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d
      return !control && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff
    })
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** One suite for each process, in the order of their first case. */
export function junitXml(cases: readonly JunitCase[]): string {
  const suites = Map.groupBy(cases, ({ suite }) => suite)
  const lines = [...suites].flatMap(([suite, all]) => [
    `  <testsuite name="${escaped(suite)}" tests="${all.length}" failures="${failures(all)}">`,
    ...all.map((one) => caseLine(one)),
    '  </testsuite>',
  ])
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="scenarios" tests="${cases.length}" failures="${failures(cases)}">`,
    ...lines,
    '</testsuites>',
    '',
  ].join('\n')
}

const failures = (cases: readonly JunitCase[]): number =>
  cases.filter(({ failure }) => failure !== undefined).length

function caseLine({ suite, name, failure }: JunitCase): string {
  const start = `    <testcase classname="${escaped(suite)}" name="${escaped(name)}"`
  if (failure === undefined) return `${start}/>`
  const [first = ''] = failure.split('\n', 1)
  return `${start}>\n      <failure message="${escaped(first)}">${escaped(failure)}</failure>\n    </testcase>`
}
