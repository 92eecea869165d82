/**
 * Reading a variable of the environment, and what is said where it cannot be used.
 *
 * Must not: know any variable by name (`config.ts` and its parts do), or read the process's own environment.
 */

export type Environment = Readonly<Record<string, string | undefined>>

/** A variable that cannot be used; the message names it and what it wants. */
export class ConfigError extends Error {
  readonly variable: string
  constructor(variable: string, wants: string) {
    super(`${variable} ${wants}`)
    this.name = 'ConfigError'
    this.variable = variable
  }
}

/** An empty variable counts as not set, as shells and compose files leave them. */
export const readVariable = (env: Environment, name: string): string | undefined => {
  const value = env[name]?.trim()
  return value === undefined || value === '' ? undefined : value
}

/** Whether a host name is this very machine. */
export const isLoopback = (name: string): boolean =>
  name === 'localhost' || name === '::1' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name)
