/**
 * The name that the server will give a file: the SHA-256 of its content. So a tick can name a photo that was not sent yet.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

export const hashOfFile = async (file: Blob): Promise<string> =>
  bytesToHex(sha256(new Uint8Array(await file.arrayBuffer())))
