import { createMemoryStore } from '../../server/store/memory/memory-store.ts'
import { storeContract } from './store-contract.ts'

storeContract('memory', async () => ({ open: async () => createMemoryStore(), clean: async () => {} }))
