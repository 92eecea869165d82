/**
 * The name of a piece of JSON by its content: what makes a definition, or a set of calendars, the same one.
 *
 * Promises: the same value gives the same hash everywhere, whatever the order of its keys (RFC 8785).
 * Must not: hash what JSON cannot hold. Two values that JSON would make alike must never be told apart here.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'

/**
 * The canonical JSON of a value (RFC 8785): keys sorted by UTF-16 unit, no spaces, shortest numbers. Members that
 * are `undefined` are left out, as `JSON.stringify` does.
 *
 * @throws TypeError on what JSON cannot hold: `undefined`, functions, NaN, infinity, lone surrogates, bigint, cycles.
 */
export function canonicalJson(value: unknown): string {
  let json: string | undefined
  try {
    json = canonicalize(value)
  } catch (error) {
    throw new TypeError(`not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (json === undefined) throw new TypeError(`not JSON: ${typeof value}`)
  return json
}

/** SHA-256 of the canonical JSON, in lower-case hex. Throws as `canonicalJson` does. */
export const hashOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(value))))
