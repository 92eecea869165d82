/**
 * What a check of a data folder counts and finds.
 *
 * Promises: a finding says where to look, then what is wrong there, without anything of a customer's.
 */
export class Found {
  readonly counts: Record<string, number> = {}
  readonly findings: string[] = []

  count(what: string, by = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + by
  }

  /** @param where a file of the folder, a job and its seq, an entry of the audit */
  add(where: string, what: string): void {
    this.findings.push(`${where}: ${what}`)
  }
}
